/**
 * A name or description with the Chinese words behind it. In names, because n8n's lists are filtered by
 * their names only.
 *
 * @param text undefined where there is none; a period at its end stays there
 * @returns undefined where there is neither
 */
export function withChinese<Text extends string | undefined>(
	text: Text,
	chinese: string | undefined,
): Text | string {
	if (chinese === undefined) return text;
	if (text === undefined) return chinese;
	return text.endsWith('.') ? `${text.slice(0, -1)} (${chinese}).` : `${text} (${chinese})`;
}
