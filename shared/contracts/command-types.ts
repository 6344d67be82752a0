/** Every command there is, for whoever must tell one from an event and handles none. */
export const commandTypes: readonly string[] = [
  ...['member.enrolled', 'member.changed', 'member.merged', 'wallet.exchanged'],
  ...['participant.added', 'participant.removed', 'entitlement.used', 'opening.balance'],
  ...['points.adjusted', 'adjustment.approved', 'adjustment.rejected', 'points.extended'],
  ...['tier.overridden', 'tier.held', 'step.approved', 'step.rejected'],
  ...['goodwill.credited', 'envelope.spent', 'gift.given', 'survey.paid'],
];

/**
 * The field that shows a body to be a command, which goes over the bus; `undefined` where nothing
 * does. An event is judged as an event: it has an amount, and a command has none.
 */
export function commandField(body: unknown): string | undefined {
  if (body === null || typeof body !== 'object' || 'amountMinor' in body) return undefined;
  if ('actor' in body) return 'actor';
  if ('command' in body) return 'command';
  const isType = 'type' in body && commandTypes.some((type) => type === body.type);
  return isType ? 'type' : undefined;
}
