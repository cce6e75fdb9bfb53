import { COLLECTION_STYLE, type Event, EVENT_ID, SCALAR_STYLE } from 'js-yaml';
import { Refusal } from './refusal';

/** Where there is nothing of the kind, the events need not be searched. */
const suspicious = /\?\S|:[,\]}]|!\s/;
const emptyValue = /\s*:[,\]}]/y;

/**
 * Refuses what YAML 1.1, which Kubernetes reads, and YAML 1.2 understand differently between brackets: `{?privileged: true}` has
 * the key `privileged` in the one and `?privileged` in the other; `{a:}` has the key `a:` in the one and `a` in the other.
 * So is the tag `!`, with which a merge key in quotes stays one for Kubernetes.
 *
 * @throws Refusal
 */
export function refuseAmbiguousSyntax(events: readonly Event[], text: string): void {
  if (!suspicious.test(text)) return;
  const isFlow: boolean[] = [];
  for (const event of events) {
    if ('tagStart' in event && event.tagEnd - event.tagStart === 1) throw new Refusal('unknown tag "!"', event.tagStart);
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        isFlow.push(false);
        break;
      case EVENT_ID.MAPPING: case EVENT_ID.SEQUENCE:
        isFlow.push(event.style === COLLECTION_STYLE.FLOW);
        break;
      case EVENT_ID.POP:
        isFlow.pop();
        break;
      case EVENT_ID.SCALAR: {
        const { style, valueStart, valueEnd } = event;
        if (style !== SCALAR_STYLE.PLAIN || valueStart < 0 || !isFlow.at(-1)) break;
        if (text[valueStart] === '?') throw refused('"?" at the start of a text', valueStart);
        emptyValue.lastIndex = valueEnd;
        if (emptyValue.test(text)) throw refused('":" without a space behind it', valueEnd);
      }
    }
  }
}

function refused(what: string, offset: number): Refusal {
  return new Refusal(`${what} between brackets is not read alike by Kubernetes and by others; use double quotes or a space`, offset);
}
