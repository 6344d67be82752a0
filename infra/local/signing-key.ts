import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { linkSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SignJWT } from 'jose';
import { readJsonFile, writeJsonFile } from './json-file.ts';

/** API Gateway's JWT authorizer takes RSA signatures only. */
const algorithm = 'RS256';
const keyFile = fileURLToPath(new URL('../../.guerdon/local-signing-key.json', import.meta.url));

export interface TokenRequest {
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string;
  /** Scopes, apart by blanks. */
  readonly scope: string;
  /** Further claims. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly lifetimeSeconds: number;
}

/** A JWT that the local HTTP API accepts; no other stage knows the key. */
export async function signLocalToken(request: TokenRequest): Promise<string> {
  const { issuer, audience, subject, scope, claims, lifetimeSeconds } = request;
  const nowSeconds = Math.floor(Date.now() / 1000);
  return new SignJWT({ ...claims, scope })
    .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(subject)
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + lifetimeSeconds)
    .sign(localPrivateKey());
}

/** What the local HTTP API checks tokens with. */
export function localPublicKey(): KeyObject {
  return createPublicKey(localPrivateKey());
}

let loaded: KeyObject | undefined;

/** Made once per clone, in a file that only its owner can read; git ignores the folder. */
function localPrivateKey(): KeyObject {
  loaded ??= readKey() ?? createKey();
  return loaded;
}

function readKey(): KeyObject | undefined {
  const key = readJsonFile(keyFile);
  return key === undefined
    ? undefined
    : createPrivateKey({ key: key as JsonWebKey, format: 'jwk' });
}

/** Of two commands that start together, one makes the key and the other finds it. */
function createKey(): KeyObject {
  mkdirSync(dirname(keyFile), { recursive: true });
  const draft = join(dirname(keyFile), `signing-key-${process.pid}.json`);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeJsonFile(draft, privateKey.export({ format: 'jwk' }));
  try {
    linkSync(draft, keyFile);
    return privateKey;
  } catch {
    return readKey() ?? privateKey;
  } finally {
    rmSync(draft, { force: true });
  }
}
