import { beforeAll, describe, expect, it } from 'vitest';
import { accrue } from '../../shared/app/booking/accrue.ts';
import { delivery } from '../support/deliveries.ts';
import { exampleProgram } from './play-examples.ts';
import { claimsOf } from './request.ts';
import { createStage } from './stage.ts';

const member = '/v1/programs/{program}/members/{member}';
const route = `${member}/payout-choice`;
const stage = createStage(exampleProgram());
const ann = { path: { member: 'ann' }, claims: claimsOf('member', 'ann') };
const card = { rail: 'card', currency: 'GBP', country: 'GB' };

function put(body: unknown, by: Partial<typeof ann> = {}) {
  return stage.call({ route: `PUT ${route}`, ...ann, ...by, body });
}

beforeAll(async () => {
  const participants = [
    { participant: 'alma', role: 'admin' },
    { participant: 'rita', role: 'redeemer' },
  ];
  for (const body of [
    ...['ann', 'alma', 'rita'].map((name) => ({ member: name, country: 'GB' })),
    { member: 'acme', kind: 'company', country: 'GB', participants },
  ]) {
    const route = '/v1/programs/{program}/members';
    const reply = await stage.call({ route: `POST ${route}`, key: body.member, body });
    expect(reply.status).toBe(201);
  }
  await accrue(stage.world.dependencies, [delivery()]);
});

describe('a payout choice', () => {
  it('is the same however often it is sent', async () => {
    const first = await put(card);
    const again = await put(card);
    expect(first).toMatchObject({ status: 200, body: card });
    expect(again).toEqual(first);
    expect((await stage.call({ route: `GET ${route}`, ...ann })).body).toEqual(first.body);
  });

  it('is forgotten, also where there is none, and can be made anew', async () => {
    await put(card);
    const remove = { route: `DELETE ${route}`, ...ann };
    expect((await stage.call(remove)).status).toBe(204);
    expect((await stage.call(remove)).status).toBe(204);
    const seen = await stage.call({ route: `GET ${route}`, ...ann });
    expect(seen).toMatchObject({ status: 404, body: { code: 'UNKNOWN_PAYOUT_CHOICE' } });
    expect((await put(card)).status).toBe(200);
  });

  it('stays as it is when the next one is refused', async () => {
    await put(card);
    expect((await put({ ...card, rail: 'bank' })).status).toBe(400);
    const seen = await stage.call({ route: `GET ${route}`, ...ann });
    expect(seen.body).toMatchObject(card);
  });

  it('is made by the member, an integrator, the staff, and admins of a company', async () => {
    for (const scope of ['integrator', 'staff'] as const) {
      expect((await put(card, { claims: claimsOf(scope, 'somebody') })).status).toBe(200);
    }
    const path = { member: 'acme' };
    expect((await put(card, { path, claims: claimsOf('member', 'alma') })).status).toBe(200);
    const refused = { status: 403, body: { code: 'ROLE_NOT_ENOUGH' } };
    const claims = claimsOf('member', 'rita');
    expect(await put(card, { path, claims })).toMatchObject(refused);
    const removal = await stage.call({ route: `DELETE ${route}`, path, claims });
    expect(removal).toMatchObject(refused);
    expect((await stage.call({ route: `GET ${route}`, path, claims })).status).toBe(200);
  });
});

const iban = 'DE02120300000000202051';
const bank = { rail: 'bank', currency: 'EUR', country: 'DE' };
const holder = { rail: 'bankAccount', holderName: 'Zebulon Canary', country: 'DE' };
const receiver = { rail: 'payPal', receiverKind: 'email', receiver: 'zebulon@canary.example' };
const number = { kind: 'routingNumber', routingNumber: '021000021', accountNumber: '987654321' };
const canaries = [iban, 'Zebulon', 'Canary', 'canary', '021000021', '987654321', '+4915112345678'];

it.each([
  { ...bank, payee: { ...holder, account: { kind: 'iban', iban } } },
  { ...bank, payee: { ...holder, account: { kind: 'iban', iban: iban.replace('1', '7') } } },
  { ...bank, payee: { ...holder, account: { kind: 'iban', iban }, holderName: 'Zebulon 王' } },
  { ...bank, payee: { ...holder, account: { kind: 'iban', iban, bic: 'CANARY' } } },
  { ...bank, payee: { ...holder, account: { ...number, accountType: 'checking' } } },
  { ...bank, payee: { ...holder, account: { ...number, accountType: 'Canary' } } },
  { ...bank, payee: receiver },
  { ...bank, rail: 'paypal', payee: receiver },
  { ...bank, rail: 'paypal', payee: { ...receiver, receiver: 'zebulon canary' } },
  { ...bank, rail: 'paypal', payee: { ...receiver, receiverKind: 'phone' } },
  {
    ...{ ...bank, rail: 'paypal' },
    payee: { ...receiver, receiverKind: 'phone', receiver: '+4915112345678' },
  },
  { ...bank, rail: 'card', payee: receiver },
])('nothing of a payee is told, logged or kept in the open: case %#', async (body) => {
  const told = [await put(body), await stage.call({ route: `GET ${route}`, ...ann })];
  const kept = await stage.shared.payouts.readChoice({ program: 'online-retail', member: 'ann' });
  const { logged, published, inbox } = stage.world;
  const text = JSON.stringify({ told, kept, logged, published, messages: inbox.messages });
  for (const canary of canaries) expect(text).not.toContain(canary);
});
