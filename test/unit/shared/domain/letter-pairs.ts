const capitals = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** `AA` to `ZZ`, all 676. */
export const capitalPairs = capitals.flatMap((first) => capitals.map((second) => first + second));
export const smallPairs = capitalPairs.map((pair) => pair.toLowerCase());
