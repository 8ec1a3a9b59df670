import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Operation } from '../../catalogue/types';
import { isRecord } from '../../common/records';
import type { Envelope } from '../../transport/envelope';
import { settle } from '../pacing/poll';
import { download } from './download';
import { PICTURE_FIELD } from '../../description/parameters';

/** All pictures that answers hold are QR codes. */
const FILE_NAME = 'qr-code';

/** How the base64 of the usual picture formats begins. */
const BEGINNINGS: Record<string, string> = {
	'/9j/': 'image/jpeg',
	iVBOR: 'image/png',
	R0lGO: 'image/gif',
};

/**
 * Puts the picture that an answer holds into its item.
 *
 * @param context n8n's functions of the running node
 * @param operation what was asked; `picture` says where the picture is
 * @param envelope the answer
 * @param items what was made of it
 * @param itemIndex the input item, counted from 0
 * @param field the binary field to put it into
 * @returns the items, the first one with the picture if there is one
 * @throws NodeOperationError when it cannot be downloaded; but where the call changed something, its
 *   answer must not be lost for want of a picture: then the item says so in `pictureError`
 */
export async function withPicture(
	context: IExecuteFunctions,
	{ picture = '', reads }: Operation,
	{ data }: Envelope,
	[first, ...others]: INodeExecutionData[],
	itemIndex: number,
	field = PICTURE_FIELD,
): Promise<INodeExecutionData[]> {
	const value = isRecord(data) ? data[picture] : undefined;
	if (typeof value !== 'string' || value === '') return [first, ...others];
	const result = await settle(toPicture(context, value, itemIndex));
	if ('value' in result) return [{ ...first, binary: { [field]: result.value } }, ...others];
	if (reads) throw result.error;
	const json = { ...first.json, pictureError: (result.error as Error).message };
	return [{ ...first, json }, ...others];
}

async function toPicture(
	context: IExecuteFunctions,
	picture: string,
	itemIndex: number,
): Promise<IBinaryData> {
	if (/^https?:\/\//i.test(picture)) {
		const hints = { name: FILE_NAME, usualType: 'image/png' };
		return await download(context, picture, hints, itemIndex);
	}
	const base64 = picture.replace(/^data:[^,]*,/, '');
	const [, type] = Object.entries(BEGINNINGS).find(([begin]) => base64.startsWith(begin)) ?? [];
	return await context.helpers.prepareBinaryData(
		Buffer.from(base64, 'base64'),
		`${FILE_NAME}.${type?.split('/')[1] ?? 'png'}`,
		type ?? 'image/png',
	);
}
