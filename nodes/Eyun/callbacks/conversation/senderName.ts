/** WeChat's own text for the notification on the phone: "昵称 : 文本". */
const NAMED = /^(.{1,64}?) ?[:：] /su;

/** A name has no line break. */
const LINE = /[\r\n]/;

/**
 * What the sender of a message is called, as far as the notification for the phone says.
 *
 * @param pushContent as pushed
 * @param text what was said, where it is known
 * @returns null when no name can be told
 */
export function senderNameIn(pushContent: unknown, text: string | null): string | null {
	if (typeof pushContent !== 'string') return null;
	const before = text !== null && text !== '' ? beforeText(pushContent, text) : undefined;
	const name = (before ?? NAMED.exec(pushContent)?.[1] ?? '').trim();
	return name === '' || LINE.test(name) ? null : name;
}

/** The name may hold a colon itself, but the text is known. */
function beforeText(pushContent: string, text: string): string | undefined {
	if (!pushContent.endsWith(text)) return undefined;
	return /^(.{1,64}?) ?[:：] ?$/su.exec(pushContent.slice(0, -text.length))?.[1];
}
