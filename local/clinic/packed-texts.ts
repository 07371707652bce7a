import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Texts that were packed together, to be had one by one. */
export type PackedTexts = { at(index: number): string };

// JSON keeps every text on one line.
const BETWEEN = '\n';

// The fastest level, with a window that fits what is packed: the default one takes megabytes each time.
const params = { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_windowLog]: 16 };

let lastUnpacked: { readonly of: PackedTexts; readonly texts: readonly string[] } | undefined;

/** Packs lines of JSON that are alike: many to a tenth of their size; what was unpacked last stays at hand. */
export const packTexts = (texts: readonly string[]): PackedTexts => {
  // As text: a small buffer holds on to the large one that it was cut from.
  const packed = zstdCompressSync(texts.join(BETWEEN), { params }).toString('latin1');
  const self: PackedTexts = {
    at(index) {
      if (lastUnpacked?.of !== self)
        lastUnpacked = { of: self, texts: zstdDecompressSync(Buffer.from(packed, 'latin1')).toString().split(BETWEEN) };
      return lastUnpacked.texts[index] ?? '';
    },
  };
  return self;
};
