import type { RoutePlan } from '../template/entrance.ts';

export interface MatchedRoute {
  readonly route: RoutePlan;
  /** Decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface Candidate {
  readonly route: RoutePlan;
  readonly method: string;
  readonly segments: readonly string[];
  /** Higher wins: literal before variable before greedy, a method before ANY. */
  readonly rank: string;
}

/** Finds routes as API Gateway does: the most specific that fits, else `$default`. */
export class RouteTable {
  readonly #candidates: readonly Candidate[];
  readonly #fallback: RoutePlan | undefined;

  constructor(routes: readonly RoutePlan[]) {
    this.#fallback = routes.find(({ routeKey }) => routeKey === '$default');
    this.#candidates = routes
      .filter((route) => route !== this.#fallback)
      .map(candidateOf)
      .sort((left, right) => (left.rank < right.rank ? 1 : -1));
  }

  find(method: string, path: string): MatchedRoute | undefined {
    const segments = segmentsOf(path);
    for (const candidate of this.#candidates) {
      if (candidate.method !== 'ANY' && candidate.method !== method) continue;
      const pathParameters = match(candidate.segments, segments);
      if (pathParameters !== undefined) return { route: candidate.route, pathParameters };
    }
    return this.#fallback && { route: this.#fallback, pathParameters: {} };
  }
}

function candidateOf(route: RoutePlan): Candidate {
  const [method = '', path = ''] = route.routeKey.split(' ');
  const segments = segmentsOf(path);
  const rank = segments.map((it) => (isGreedy(it) ? '0' : isVariable(it) ? '1' : '2')).join('');
  return { route, method, segments, rank: `${rank}${method === 'ANY' ? '0' : '1'}` };
}

function match(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index];
    if (segment === undefined) return undefined;
    if (isGreedy(part)) {
      parameters[part.slice(1, -2)] = segments.slice(index).join('/');
      return parameters;
    }
    if (isVariable(part)) {
      const value = decode(segment);
      if (value === undefined || value === '') return undefined;
      parameters[part.slice(1, -1)] = value;
    } else if (part !== segment) {
      return undefined;
    }
  }
  return segments.length === pattern.length ? parameters : undefined;
}

function segmentsOf(path: string): string[] {
  return path.split('/').slice(1);
}

function isVariable(segment: string): boolean {
  return segment.startsWith('{') && segment.endsWith('}');
}

function isGreedy(segment: string): boolean {
  return segment.endsWith('+}');
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
