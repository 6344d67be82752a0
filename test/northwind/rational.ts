/** An exact ratio of whole numbers; the denominator is positive. */
export interface Rational {
  readonly top: bigint;
  readonly bottom: bigint;
}

/** `12.345` and `7` as they stand. */
export function rationalOf(text: string): Rational {
  const [whole = '', fraction = ''] = text.split('.');
  return { top: BigInt(whole + fraction), bottom: 10n ** BigInt(fraction.length) };
}

export function times(left: Rational, right: Rational): Rational {
  return { top: left.top * right.top, bottom: left.bottom * right.bottom };
}

export function over(left: Rational, right: Rational): Rational {
  return { top: left.top * right.bottom, bottom: left.bottom * right.top };
}

export function plus(left: Rational, right: Rational): Rational {
  return {
    top: left.top * right.bottom + right.top * left.bottom,
    bottom: left.bottom * right.bottom,
  };
}

/** Amounts in this test are never negative, so cutting off is rounding down. */
export function floorOf({ top, bottom }: Rational): bigint {
  return top / bottom;
}

export function halfUp({ top, bottom }: Rational): bigint {
  return (2n * top + bottom) / (2n * bottom);
}
