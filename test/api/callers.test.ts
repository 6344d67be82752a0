import { beforeAll, describe, expect, it } from 'vitest';
import { accrue } from '../../shared/app/booking/accrue.ts';
import { delivery } from '../support/deliveries.ts';
import { exampleProgram } from './play-examples.ts';
import { claimsOf } from './request.ts';
import { createStage } from './stage.ts';

const members = '/v1/programs/{program}/members';
const member = `${members}/{member}`;
const path = { member: 'acme' };
const card = { rewardId: 'gift-card-gbp', amountMinor: '500', currency: 'GBP', country: 'GB' };
const asked = { ...card, email: 'acme@example.com' };

const stage = createStage(exampleProgram());

async function enrol(body: Readonly<Record<string, unknown>>) {
  const enrolled = await stage.call({ route: `POST ${members}`, key: `${body.member}`, body });
  expect(enrolled.status).toBe(201);
}

beforeAll(async () => {
  for (const person of ['alma', 'rita', 'vera']) await enrol({ member: person, country: 'GB' });
  const roles = { alma: 'admin', rita: 'redeemer', vera: 'viewer' };
  const participants = Object.entries(roles).map(([participant, role]) => ({ participant, role }));
  await enrol({ member: 'acme', kind: 'company', country: 'GB', participants });
  const earned = delivery({ member: 'acme', amountMinor: 1_000_000 });
  await accrue(stage.world.dependencies, [earned]);
});

/** As the person's own token, and as the company's with the person as its participant. */
const tokens = (person: string) => [
  claimsOf('member', person),
  claimsOf('member', 'acme', { participant: person }),
];

describe('people who act for a company', () => {
  it.each(['alma', 'rita', 'vera'].flatMap(tokens))('let %o look', async (claims) => {
    for (const part of ['', '/balance', '/history', '/catalogue', '/preferences']) {
      const { status } = await stage.call({ route: `GET ${member}${part}`, path, claims });
      expect(status, part).toBe(200);
    }
  });

  it.each(tokens('vera'))('a viewer redeems nothing (%o)', async (claims) => {
    const before = stage.books();
    for (const part of ['quotes', 'redemptions']) {
      const route = `POST ${member}/${part}`;
      const reply = await stage.call({ route, path, claims, key: 'vera-1', body: asked });
      expect(reply).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ENOUGH' } });
    }
    expect(stage.books()).toBe(before);
  });

  it.each(tokens('rita'))('a redeemer redeems, and changes no preferences (%o)', async (claims) => {
    const route = `POST ${member}/redemptions`;
    const reply = await stage.call({ route, path, claims, key: `rita ${claims.sub}`, body: asked });
    expect(reply).toMatchObject({ status: 202, body: { status: 'requested' } });
    const put = { route: `PUT ${member}/preferences`, path, claims, body: { language: 'de' } };
    const refused = await stage.call(put);
    expect(refused).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ENOUGH' } });
  });

  it.each(tokens('alma'))('an admin changes preferences (%o)', async (claims) => {
    const put = { route: `PUT ${member}/preferences`, path, claims, body: { language: 'de' } };
    expect(await stage.call(put)).toMatchObject({ status: 200, body: { language: 'de' } });
  });

  it('nobody says that somebody else redeems', async () => {
    const before = stage.books();
    const body = { ...asked, participant: 'alma' };
    const [claims = {}] = tokens('rita');
    const route = `POST ${member}/redemptions`;
    const reply = await stage.call({ route, path, claims, key: 'k', body });
    expect(reply).toMatchObject({ status: 403, body: { code: 'FORBIDDEN', field: 'participant' } });
    expect(stage.books()).toBe(before);
  });

  it.each([
    ['a participant of nobody', claimsOf('member', 'acme', { participant: 'zoe' })],
    ['a participant of another company', claimsOf('member', 'rita', { participant: 'alma' })],
    ['the company as a person', claimsOf('member', 'zoe')],
  ])('refuses %s, and does not say why', async (_, claims) => {
    const reply = await stage.call({ route: `GET ${member}/balance`, path, claims });
    expect(reply).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    const nobody = await stage.call({
      ...{ route: `GET ${member}/balance`, path: { member: 'no-such' }, claims },
    });
    expect(nobody.body).toEqual(reply.body);
  });
});

it('an integrator and the staff act for every member of their own program', async () => {
  for (const scope of ['integrator', 'staff'] as const) {
    const claims = claimsOf(scope, 'somebody');
    const reply = await stage.call({ route: `GET ${member}/balance`, path, claims });
    expect(reply.status).toBe(200);
  }
});
