export { audioChoice, chooseAudio, type AudioChoice } from './choice';
export type { Line, PhoneLeg } from './line';
export type { FromServer } from './protocol';
export {
  announce,
  answerLeg,
  hangUpLeg,
  hearServer,
  openMicrophone,
  rejectLeg,
  startPhone,
  stopPhone,
  takePhoneOver,
  usePhone,
} from './phone';
export { soundBlocked, startRinging, stopRinging, unlockSound } from './ring';
