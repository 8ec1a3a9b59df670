import type { INodeProperties } from 'n8n-workflow';

import { operationOf } from '../../catalogue';
import { SHORT_LOGIN } from '../../catalogue/tool/short';
import { propertiesOf } from '../../description/operation';
import type { CompoundDescription } from '../../description/compound';
import { PICTURE_FIELD } from '../../description/parameters';
import { timeLimit } from './timeLimit';

/** Where the picture goes. */
export const QR_CODE_FIELD = 'binaryPropertyName';
/** What begins a login. */
export const BEGIN_LOGIN = operationOf('login', 'getQrCode');

/** Step 1 of a login, ready to be shown to whoever has the phone. */
export const logInWithQrCode: CompoundDescription = {
	resource: 'login',
	value: 'logInWithQrCode',
	name: 'Log In with QR Code',
	chinese: '扫码登录',
	action: 'Log in with QR code',
	description:
		'Start a login and get its QR code as a picture and as a link; scan it with the phone, then use Wait for Login',
	properties: [
		...propertiesOf(BEGIN_LOGIN),
		{
			displayName: 'Put Output File in Field',
			name: QR_CODE_FIELD,
			type: 'string',
			default: PICTURE_FIELD,
			required: true,
			hint: 'The name of the output binary field to put the picture in',
		},
	],
};

/** WeChat's QR codes are valid for about as long. */
const USUAL_SECONDS = 300;

/** What a login waits with. */
export const COMPLETE_LOGIN = operationOf('login', 'complete');

const properties: INodeProperties[] = [
	// It brings its own Simplify, which stands at the end.
	...propertiesOf({ ...COMPLETE_LOGIN, simplified: undefined }).map((property) =>
		property.name === 'wId' ? { ...property, default: '={{ $json.wId }}' } : property,
	),
	{
		displayName: 'Initialize Address List',
		name: 'initContacts',
		type: 'boolean',
		default: false,
		description:
			'Whether to load the address list after the login. Login: Get Address List needs it, and it takes 10 seconds to 3 minutes.',
	},
	timeLimit(USUAL_SECONDS, 'How long to wait for the phone'),
];

/** Step 2 of a login: everything until the account is online, or a person has to do something. */
export const waitForLogin: CompoundDescription = {
	resource: 'login',
	value: 'waitForLogin',
	name: 'Wait for Login',
	chinese: '等待登录',
	action: 'Wait for login',
	description:
		'Wait until the phone has scanned and confirmed the QR code; loginState is loggedIn, verificationRequired (open the address in the item) or verifyCodeRequired (wait again with the code)',
	properties,
	simplified: {
		loginState: true,
		...SHORT_LOGIN,
		message: true,
		addressListLoaded: true,
		addressListError: true,
	},
	ignores: ['fullResponse', 'timeout'],
};
