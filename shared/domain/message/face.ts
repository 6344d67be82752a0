import type { Program } from '../program/schema.ts';

/** How a program shows itself in mails and pages. */
export interface Face {
  readonly programName: string;
  readonly brand?: NonNullable<Program['brand']>;
  readonly timeZone: string;
  readonly units: Program['units'];
}

export function faceOf({ name, brand, timeZone, units }: Program): Face {
  return { programName: name, ...(brand && { brand }), timeZone, units };
}
