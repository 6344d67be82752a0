import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { LocalRuntimeError } from '../failure.ts';

const advice = 'install Java 17 or newer, on Debian the package openjdk-17-jre-headless.';

/** Path of the Java launcher: JAVA_HOME's, or the first on PATH. Throws where there is none. */
export function findJava(environment: NodeJS.ProcessEnv = process.env): string {
  const { JAVA_HOME, PATH } = environment;
  const folders = [
    ...(JAVA_HOME ? [join(JAVA_HOME, 'bin')] : []),
    ...(PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
  ];
  const found = folders.map((folder) => join(folder, 'java')).find(isExecutable);
  if (found !== undefined) return found;
  throw new LocalRuntimeError('JAVA_MISSING', `DynamoDB Local needs Java: ${advice}`);
}

/** The error for a process that ended by itself, told from what it printed. */
export function javaFailure(printed: string): LocalRuntimeError {
  if (/UnsupportedClassVersionError|Unrecognized option/.test(printed)) {
    return new LocalRuntimeError('JAVA_MISSING', `This Java is too old: ${advice}`);
  }
  const [firstLine = 'it printed nothing'] = printed.split('\n').filter((line) => line.trim());
  return new LocalRuntimeError('DYNAMODB_FAILED', `DynamoDB Local did not start: ${firstLine}.`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
