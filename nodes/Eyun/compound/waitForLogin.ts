import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { SHORT_LOGIN } from '../catalogue/tool/short';
import { isRecord } from '../common/records';
import { propertiesOf } from '../description/operation';
import { callOperation, operationOf } from '../execution/calls/callOperation';
import { toCall } from '../execution/calls/toCall';
import { readRequest } from '../execution/calls/vendorOperation';
import type { CompoundOperation } from '../execution/compoundOperation';
import { isRefusal, isTransient, poll, settle, throwIfCancelled } from '../execution/pacing/poll';
import { callVendor } from '../transport/client';
import type { Envelope } from '../transport/envelope';
import { SUCCESS } from '../transport/envelope';
import { NO_CODE, rewrapFailure, vendorFailure } from '../transport/failure';
import { timeLimit, timeLimitMs } from './timeLimit';

/** WeChat's QR codes are valid for about as long. */
const USUAL_SECONDS = 300;

/** The vendor answers a question at the latest after this time. */
const LONGEST_QUESTION_MS = 250_000;

const PAUSE_MS = 2_000;

/** A no that comes sooner is the vendor's last word; a later one may be the end of its own wait. */
const AT_ONCE_MS = 3_000;

/** 请在ipad上输入验证码: the vendor wants the code that the phone or iPad shows. */
const WANTS_CODE = /验证码|verif(y|ication) code/i;

const COMPLETE = operationOf('login', 'complete');

const properties: INodeProperties[] = [
	// It brings its own Simplify, which stands at the end.
	...propertiesOf({ ...COMPLETE, simplified: undefined }).map((property) =>
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

async function run(context: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]> {
	const limit = timeLimitMs(context, itemIndex);
	const { body } = await readRequest(context, COMPLETE, itemIndex);
	const login = await poll(
		context,
		{ every: PAUSE_MS, limit },
		async (left) => await question(context, body, left, itemIndex),
	);
	if (login === undefined) {
		throw vendorFailure(context.getNode(), {
			message: `Nobody confirmed the login within ${limit / 1_000} seconds`,
			advice:
				'Wait again with the same instance ID while its QR code is valid. Otherwise start with Log In with QR Code',
			endpoint: COMPLETE.path,
			code: NO_CODE,
			itemIndex,
		});
	}
	if (login.loginState !== 'loggedIn' || !context.getNodeParameter('initContacts', itemIndex)) {
		return [{ json: login }];
	}
	throwIfCancelled(context);
	const load = operationOf('login', 'initContacts');
	const loaded = await settle(callOperation(context, load, { wId: login.wId }, itemIndex));
	// The login is done whatever became of the list.
	return 'value' in loaded
		? [{ json: { ...login, addressListLoaded: true } }]
		: [
				{
					json: {
						...login,
						addressListLoaded: false,
						addressListError: (loaded.error as Error).message,
					},
				},
			];
}

/** Asks once. What the vendor wants from a person comes back as a state; undefined means: ask again. */
async function question(
	context: IExecuteFunctions,
	body: Record<string, unknown>,
	left: number,
	itemIndex: number,
): Promise<IDataObject | undefined> {
	const askedAt = Date.now();
	const asked = await settle(
		callVendor(
			context,
			toCall(COMPLETE, body, itemIndex, {
				// Asked again by the time limit only, and never with the same code.
				reads: false,
				timeoutMs: Math.min(left, LONGEST_QUESTION_MS),
			}),
		),
	);
	if ('value' in asked) return stateOf(asked.value, body);
	throwIfCancelled(context);
	const { error } = asked;
	if (isRefusal(error)) {
		if (WANTS_CODE.test(error.message)) {
			return { loginState: 'verifyCodeRequired', wId: String(body.wId), message: error.message };
		}
		if (Date.now() - askedAt >= AT_ONCE_MS && body.verifyCode === undefined) return undefined;
		throw rewrapFailure(context.getNode(), error, () => ({
			advice: 'The login has ended, or the phone refused it. Start with Log In with QR Code',
		}));
	}
	if (isTransient(error) && body.verifyCode === undefined) return undefined;
	throw error;
}

function stateOf({ code, data }: Envelope, { wId }: Record<string, unknown>): IDataObject {
	const answer = (isRecord(data) ? data : {}) as IDataObject;
	const loginState = code === SUCCESS ? 'loggedIn' : 'verificationRequired';
	return { wId: String(wId), ...answer, loginState };
}

/** Step 2 of a login: everything until the account is online, or a person has to do something. */
export const waitForLogin: CompoundOperation = {
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
	run,
};
