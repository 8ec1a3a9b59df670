/** What the catalogue says about an operation or a field besides its parameters, in words. */
import type { Picker } from '../../nodes/Eyun/catalogue/types';
import type { Field, Media, Operation, Paging, Several } from '../../nodes/Eyun/catalogue/types';
import { code } from './markdown.cts';

/** What the lists of the editor hold. */
const LISTS: Record<Picker, string> = {
	account: 'From a list of accounts online, by WeChat ID, or by instance ID',
	chat: 'From a list of all chats, or by ID',
	contact: 'From a list of friends, or by ID',
	group: 'From a list of saved groups, or by ID',
	label: 'From a list of labels, or by ID',
	member: 'From a list of the members of the chosen group, or by ID',
	weCom: 'From a list of WeCom contacts, or by ID',
};

/** The same for lists in which several are ticked, which nodes of version 1 do not have. */
const SEVERAL: Record<Several['list'], string> = {
	contacts: 'Several from a list of friends, or by ID; by ID in nodes of version 1',
	labels: 'Several from a list of labels, or by ID; by ID in nodes of version 1',
	members:
		'Several from a list of the members of the chosen group, or by ID; by ID in nodes of version 1',
};

const KINDS: Record<Media['kind'], string> = {
	file: 'any file',
	image: 'an image',
	video: 'a video',
	voice: 'a voice recording',
};

/** How a field may be chosen instead of typed in; undefined where it may not. */
export function pickerNote({ picker, several }: Field): string | undefined {
	return picker ? LISTS[picker] : several && SEVERAL[several.list];
}

/** Which binary fields of the item a field takes; undefined where it takes none. */
export function fileNote({ format, media, type }: Field): string | undefined {
	if (!media) return undefined;
	const names = media.types?.map((name) => name.split('/')[1].toUpperCase());
	const types =
		names && [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' or ');
	const size = media.maxBytes === undefined ? undefined : `at most ${readable(media.maxBytes)}`;
	const limits = [KINDS[media.kind], types, size].filter((limit) => limit !== undefined);
	const other = format === 'dataUri' ? 'base64' : 'a web address';
	const fields = type === 'list' ? 'binary fields' : 'a binary field';
	return `Takes ${other} or ${fields}: ${limits.join(', ')}`;
}

function readable(bytes: number): string {
	const kb = bytes / 1024;
	return kb < 1024 ? `${kb} KB` : `${kb / 1024} MB`;
}

/** How an operation deals with many elements, many items and pictures; sentences without their periods. */
export function traits({
	batch,
	fields,
	paging,
	pause,
	picture,
	sends,
	whenOffline,
}: Operation): string[] {
	const most = fields.find(({ name }) => name === batch?.field)?.maxItems;
	return [
		...(paging ? ['Paged'] : []),
		...(batch ? [`Several items share a call, which takes up to ${most} IDs`] : []),
		...(pause ? [`Eyun wants a pause of ${pause.min} to ${pause.max} ms between calls`] : []),
		...(sends ? ['Counts towards the limits for sending'] : []),
		...(picture ? ['The option Download Picture puts the QR code into a binary field'] : []),
		...(whenOffline
			? [
					`For an account chosen from the list or by WeChat ID that is not online it answers ${code(JSON.stringify(whenOffline))}`,
				]
			: []),
	];
}

/** What a paged operation puts out for each of its results. */
export function answersOneByOne(paging: Paging | undefined): string | undefined {
	return paging && `an item for each element of ${paging.elements.map(code).join(' and ')}`;
}
