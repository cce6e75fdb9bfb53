/**
 * What a pipeline takes for a command to it, in whatever a program prints: GitHub Actions a line that begins with `::`, behind white
 * space, and `##[` anywhere in a line; Azure Pipelines `##vso[`, TeamCity `##teamcity[`, anywhere.
 *
 * The runners of GitHub and Azure compare as languages do, and pass over what has no weight there (a variation selector, a
 * combining mark). Which characters those are depends on the machine, so nothing outside of ASCII counts as a character in between.
 * A colon that is all there is may be followed by one of ours.
 */
const marks = /#(?=[^ -~]*#)|:(?<=^[^!-~]*:)(?=[^!-~]*(?::|$))/gm;
const start = /:(?<=^[^!-~]*:)(?=[^!-~]*(?::|$))/gm;

/**
 * A text that no pipeline takes for a command, wherever it stands in a line. Not guaranteed for two texts that are put together with
 * nothing between.
 *
 * @param escape what to write for a character, `#` or `:`, that would begin one
 */
export function withoutCommands(text: string, escape: (character: string) => string = codeUnits): string {
  // Without a bracket it is the `##` of a comment.
  return text.replace(text.includes('[') ? marks : start, escape);
}

/** `\u0023`, for each code unit. */
export function codeUnits(character: string): string {
  let text = '';
  for (let index = 0; index < character.length; index++) {
    text += '\\u' + character.charCodeAt(index).toString(16).padStart(4, '0');
  }
  return text;
}
