import { appMessageIn, appTypeOf, isAnnouncement } from './content/kinds/appMessages';
import { textIn } from './content/xml/fields';
import { parseContent } from './content/xml/parse';
import type { TriggerOutput } from './output';

/** Eyun pushes a file twice: when its transfer begins, and when it has ended. */
const FILE_EVENTS = ['message.file', 'message.fileReceived'];

const FILE = 6;

/** How far a file is, by what the message itself says. */
export type FileState =
	/** The transfer has begun; another message follows. */
	| { state: 'announced' }
	/** The file itself, whichever message brings it. */
	| { state: 'finished'; announcementId: string | null };

/**
 * Reads how far a file is.
 *
 * @param output what the trigger outputs
 * @returns undefined for other events, and where the message does not say it
 */
export function fileStateOf({
	event,
	data,
}: Pick<TriggerOutput, 'event' | 'data'>): FileState | undefined {
	if (!FILE_EVENTS.includes(event) || typeof data.content !== 'string') return undefined;
	const root = parseContent(data.content);
	if (isAnnouncement(root)) return { state: 'announced' };
	if (appTypeOf(root) !== FILE) return undefined;
	const announcementId = textIn(appMessageIn(root), 'appattach', 'overwrite_newmsgid');
	return { state: 'finished', announcementId: announcementId === '0' ? null : announcementId };
}
