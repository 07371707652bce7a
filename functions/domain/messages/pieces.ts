/** Breaks a text between characters into pieces of at most so many bytes of UTF-8; each after the first begins with `lead`, which counts. */
export const piecesOf = (text: string, mostBytes: number, lead = ''): readonly string[] => {
  const pieces: string[] = [];
  let piece = '';
  for (const character of text) {
    if (Buffer.byteLength(piece + character) > mostBytes) {
      pieces.push(piece);
      piece = lead;
    }
    piece += character;
  }
  return [...pieces, piece];
};
