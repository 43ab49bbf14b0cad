export { onPush, reconnectNow, restartLive, sendPush, startLive, stopLive, useLive, useMe } from './store';
export { callOf, neighbour, newlyMine, partyOf, shownState, spellings, workOf, type Shown, type Tone, type Work } from './work';
export { isMine, isOfferTo, type World } from './world';
