/** An exact number for tests: its own arithmetic, none of the domain's. */
export class Rational {
  readonly above: bigint;
  readonly below: bigint;

  constructor(above: bigint, below = 1n) {
    if (below === 0n) throw new Error('Nothing is divided by zero.');
    const sign = below < 0n ? -1n : 1n;
    const divisor = sign * commonDivisor(above, below);
    this.above = above / divisor;
    this.below = below / divisor;
  }

  plus({ above, below }: Rational): Rational {
    return new Rational(this.above * below + above * this.below, this.below * below);
  }

  minus({ above, below }: Rational): Rational {
    return this.plus(new Rational(-above, below));
  }

  times({ above, below }: Rational): Rational {
    return new Rational(this.above * above, this.below * below);
  }

  over({ above, below }: Rational): Rational {
    return this.times(new Rational(below, above));
  }

  /** Negative, zero or positive. */
  sign(): number {
    return this.above === 0n ? 0 : this.above < 0n ? -1 : 1;
  }

  isAtMost(other: Rational): boolean {
    return this.minus(other).sign() <= 0;
  }

  size(): Rational {
    return this.sign() < 0 ? new Rational(-this.above, this.below) : this;
  }

  /** The largest whole number that is not above. */
  floor(): bigint {
    const rest = ((this.above % this.below) + this.below) % this.below;
    return (this.above - rest) / this.below;
  }

  text(): string {
    return `${this.above}/${this.below}`;
  }
}

function commonDivisor(one: bigint, other: bigint): bigint {
  let [left, right] = [one < 0n ? -one : one, other < 0n ? -other : other];
  while (right > 0n) [left, right] = [right, left % right];
  return left;
}

/** The value of a decimal text. */
export function decimal(text: string): Rational {
  const [whole = '', decimals = ''] = text.split('.');
  return new Rational(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
}

/** Towards minus infinity, towards plus infinity, or to the nearest with halves up. */
export function roundedBy(value: Rational, rounding: string): bigint {
  if (rounding === 'down') return value.floor();
  if (rounding === 'up') return -new Rational(-value.above, value.below).floor();
  return value.plus(new Rational(1n, 2n)).floor();
}
