/** As long as a sentence or two. */
const LONGEST = 300;

/**
 * The beginning of somebody else's text, on one line, for an error or a log.
 *
 * @param text what somebody sent, already without secrets
 * @param longest how many characters to keep
 */
export function excerpt(text: string, longest = LONGEST): string {
	// A page may have megabytes.
	const line = text
		.slice(0, longest * 4)
		.replace(/\s+/g, ' ')
		.trim();
	const characters = [...line];
	return characters.length > longest ? `${characters.slice(0, longest).join('')}…` : line;
}
