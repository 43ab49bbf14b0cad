export { audioChoice, chooseAudio, type AudioChoice } from './choice';
export { ringingFor, type Line, type PhoneLeg } from './line';
export type { FromServer } from './protocol';
export {
  announce,
  answerLeg,
  becomePhone,
  hearServer,
  startPhone,
  stopPhone,
  takePhoneOver,
  tryMicrophone,
  usePhone,
} from './phone';
export { soundBlocked, startRinging, stopRinging, unlockSound } from './ring';
