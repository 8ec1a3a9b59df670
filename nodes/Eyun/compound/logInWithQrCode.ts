import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ask, readRequest } from '../execution/calls/vendorOperation';
import { withPicture } from '../execution/files/picture';
import { toItems } from '../execution/values/output';
import { PICTURE_FIELD } from '../description/parameters';
import { QR_CODE_FIELD, BEGIN_LOGIN } from './description/login';

/** Step 1 of a login, ready to be shown to whoever has the phone. See `CompoundRun`. */
export async function runLogInWithQrCode(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const field = String(context.getNodeParameter(QR_CODE_FIELD, itemIndex) || PICTURE_FIELD);
	const request = await readRequest(context, BEGIN_LOGIN, itemIndex);
	const envelope = await ask(context, BEGIN_LOGIN, request, request.body);
	const items = toItems(BEGIN_LOGIN, envelope, itemIndex, request.options.fullResponse);
	return await withPicture(context, BEGIN_LOGIN, envelope, items, itemIndex, field);
}
