/** The attribute names of the table's key, its two sparse indexes (which project everything) and its time to live. */
export const tableKeySchema = {
  partition: 'pk',
  sort: 'sk',
  timeToLive: 'expiresAt',
  indexes: {
    by1: { partition: 'by1pk', sort: 'by1sk' },
    by2: { partition: 'by2pk', sort: 'by2sk' },
  },
} as const;
