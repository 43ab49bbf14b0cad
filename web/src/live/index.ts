export { onPush, reconnectNow, refreshMe, restartLive, sendPush, startLive, stopLive, useHolder, useLive, useMe, useParty } from './store';
export { callOf, deskWork, holderOf, neighbour, newlyMine, partyOf, shownState, spellings, theDesk, workOf, type Shown, type Tone, type Work } from './work';
export { isMine, isOfferTo, type World } from './world';
export { described, rightsTo, setsUp, useFollowRights, useMay, useRights } from './rights';
