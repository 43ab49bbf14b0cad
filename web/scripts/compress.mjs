// compress.mjs DIRECTORY: puts .gz and .br beside every file that they make smaller.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const directory = process.argv[2];
const worth = /\.(js|css|html|svg|json)$/;

for (const name of readdirSync(directory, { recursive: true }).map(String)) {
  // index.html is filled in by the server for each reader, so it is compressed there or not at all.
  if (!worth.test(name) || name === 'index.html') continue;
  const path = join(directory, name);
  const plain = readFileSync(path);
  const made = {
    gz: gzipSync(plain, { level: 9 }),
    br: brotliCompressSync(plain, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
    }),
  };
  for (const [ending, bytes] of Object.entries(made)) {
    if (bytes.length < plain.length) writeFileSync(`${path}.${ending}`, bytes);
  }
}
