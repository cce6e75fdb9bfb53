import { InvalidArgumentError, Option } from 'commander';

/** Where cdk8s writes to. */
export const defaultFolder = 'dist';

/** In a script an empty name is a variable that is not set. */
export function file(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value: string) => {
    if (value === '') throw new InvalidArgumentError('It must be the name of a file.');
    return value;
  });
}

export function count(flags: string, description: string, most: number): Option {
  return new Option(flags, description).argParser((value: string) => {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : 0;
    if (number < 1 || number > most) throw new InvalidArgumentError(`It must be a number from 1 to ${most}.`);
    return number;
  });
}

export function formatOption(): Option {
  return new Option('-f, --format <format>', 'of the answer').choices(['text', 'json']).default('text');
}

export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
