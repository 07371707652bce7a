/** Why a planned message was taken back to be planned anew: the patient's clock is another, or the chaperone is. */
export const ZONE_CHANGED = 'zone-changed';
export const CHAPERONE_CHANGED = 'chaperone-changed';
