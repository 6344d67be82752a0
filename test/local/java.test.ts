import { expect, it } from 'vitest';
import { findJava, javaFailure } from '../../infra/local/processes/java.ts';

it('names the package where Java is missing or too old', () => {
  expect(() => findJava({ PATH: '' })).toThrow('openjdk-17-jre-headless');
  const old = javaFailure('Error: UnsupportedClassVersionError: class file version 61.0');
  expect([old.code, old.message]).toEqual([
    'JAVA_MISSING',
    expect.stringContaining('openjdk-17-jre-headless'),
  ]);
});

it('tells what a failed start has printed first', () => {
  const failed = javaFailure('\nInvalid directory for database creation.\nusage: java …');
  expect(failed.code).toBe('DYNAMODB_FAILED');
  expect(failed.message).toContain('Invalid directory for database creation.');
});
