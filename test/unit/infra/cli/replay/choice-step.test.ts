import { expect, it } from 'vitest';
import { runScenarios } from '../../../../../infra/cli/replay/run-scenarios.ts';
import { richProgramJson } from './rich-program.ts';

const reward = {
  ...{ kind: 'eGiftCard', name: 'Card', currency: 'EUR', countries: ['DE'], unit: 'PTS' },
  ...{ rounding: 'up', provider: 'tremendous', products: ['CARD-EUR'], pointsPerMajorUnit: 1 },
};
const card = { ...reward, id: 'card', amountsMinor: [1000, 2000] };
const program = { ...richProgramJson, rewards: [card] };
const at = '2026-01-02';
const rewards = [1000, 2000].map((amountMinor) => ({ id: 'card', amountMinor, currency: 'EUR' }));
const link = { at, id: 'link', choice: { member: 'anna', rewards, country: 'DE', validDays: 2 } };
const pick = (parts: object = {}) => ({ at, choose: { id: 'link', offer: 0 }, ...parts });

async function differences(...steps: readonly object[]): Promise<string[]> {
  const scenarios = [{ name: 'it', start: '2026-01-01', steps }];
  const versions = { 'later.json': { ...program, rewards: [{ ...card, amountsMinor: [2000] }] } };
  const [result] = await runScenarios(program, { program: 'rich', scenarios }, versions);
  if (result?.kind === 'invalid') return result.findings.map(({ message }) => message);
  return (result?.failures ?? []).flatMap(({ step, differences: found }) =>
    found.map(({ path, expected, got }) => `${step} ${path}: ${expected} / ${got}`),
  );
}

it('offers a choice, or says why not', async () => {
  expect(await differences(link)).toEqual([]);
  const abroad = { ...link, choice: { ...link.choice, country: 'FR' } };
  expect(await differences({ ...abroad, refused: 'REWARD_NOT_IN_COUNTRY' })).toEqual([]);
  expect(await differences(abroad)).toEqual(['1 outcome: allowed / refused REWARD_NOT_IN_COUNTRY']);
});

it('picks one, and the same ever after', async () => {
  const second = pick({ choose: { id: 'link', offer: 1 } });
  expect(await differences(link, pick({ status: 'requested' }), pick())).toEqual([]);
  expect(await differences(link, pick(), { ...second, stands: 0 })).toEqual([]);
  expect(await differences(link, pick(), second)).toEqual(['3 stands: 1 / 0']);
  expect(await differences(link, pick({ stands: 1 }))).toEqual(['2 stands: 1 / 0']);
  expect(await differences(link, pick({ status: 'delivered' }))).toEqual([
    '2 status: delivered / requested',
  ]);
});

it('follows what comes of it', async () => {
  const picked = pick({ id: 'picked' });
  const delivered = { at, redemption: { id: 'picked', act: 'deliver' }, status: 'delivered' };
  const told = { at, expect: { redemptions: { picked: 'delivered' } } };
  expect(await differences(link, picked, delivered, told)).toEqual([]);
});

it('says why none is picked', async () => {
  const late = pick({ at: '2026-01-04' });
  expect(await differences(link, late)).toEqual(['2 outcome: chosen / expired']);
  expect(await differences(link, { ...late, expired: true })).toEqual([]);
  const third = pick({ choose: { id: 'link', offer: 2 } });
  expect(await differences(link, third)).toEqual(['2 outcome: chosen / missing']);
  const publish = { at, publish: { file: 'later.json', from: '2026-01-03' } };
  const gone = pick({ at: '2026-01-03', refused: 'AMOUNT_NOT_OFFERED' });
  const other = pick({ at: '2026-01-03', choose: { id: 'link', offer: 1 } });
  expect(await differences(link, publish, gone, other)).toEqual([]);
});

it('picks from what was offered only', async () => {
  expect(await differences(pick())).toEqual(['there is no step link']);
});
