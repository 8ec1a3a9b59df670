import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { propertiesOf } from '../description/operation';
import { operationOf } from '../execution/calls/callOperation';
import { ask, readRequest } from '../execution/calls/vendorOperation';
import type { CompoundOperation } from '../execution/compoundOperation';
import { PICTURE_FIELD, withPicture } from '../execution/files/picture';
import { toItems } from '../execution/values/output';

const FIELD = 'binaryPropertyName';
const BEGIN = operationOf('login', 'getQrCode');

async function run(context: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]> {
	const field = String(context.getNodeParameter(FIELD, itemIndex) || PICTURE_FIELD);
	const request = await readRequest(context, BEGIN, itemIndex);
	const envelope = await ask(context, BEGIN, request, request.body);
	const items = toItems(BEGIN, envelope, itemIndex, request.options.fullResponse);
	return await withPicture(context, BEGIN, envelope, items, itemIndex, field);
}

/** Step 1 of a login, ready to be shown to whoever has the phone. */
export const logInWithQrCode: CompoundOperation = {
	resource: 'login',
	value: 'logInWithQrCode',
	name: 'Log In with QR Code',
	chinese: '扫码登录',
	action: 'Log in with QR code',
	description:
		'Start a login and get its QR code as a picture and as a link; scan it with the phone, then use Wait for Login',
	properties: [
		...propertiesOf(BEGIN),
		{
			displayName: 'Put Output File in Field',
			name: FIELD,
			type: 'string',
			default: PICTURE_FIELD,
			required: true,
			hint: 'The name of the output binary field to put the picture in',
		},
	],
	run,
};
