import type { InputError } from '../../src/files/read';
import { documentsOf, InputDocument, isInputError } from '../../src/yaml/documents';

/** All documents of a text at once. */
export function readDocuments(
  text: string, file: string,
): { readonly documents: readonly InputDocument[]; readonly errors: readonly InputError[] } {
  const items = [...documentsOf(text, file)];
  return { documents: items.filter((item): item is InputDocument => !isInputError(item)), errors: items.filter(isInputError) };
}
