import {
	choice,
	flag,
	id,
	loginId,
	optional,
	proxyIp,
	proxyPassword,
	proxyUser,
	text,
	wId,
} from './fields';
import { regions } from './regions';
import { SHORT_LOGIN } from './tool/short';
import type { Field, Resource } from './types';

const SLOW_LOGIN_SECONDS = 250;
const SLOW_LIST_SECONDS = 180;

const region: Field = choice(
	'proxy',
	'Region',
	'The region to log in through. Choose the region of the phone, or WeChat may block the account. Your own proxy overrides it',
	regions,
);

const knownAccount = id(
	'wcId',
	'WeChat ID',
	'Leave empty for the first login of this WeChat account, then always give its WeChat ID. Otherwise the login drops again and again',
	{ sendEmpty: true, default: '' },
);

const proxyApp = id('ttuid', 'Proxy App ID', 'ID of the local proxy app, for network type 2');
const relay = id(
	'aid',
	'Relay ID',
	'ID of the local AID relay tool, which must stay open, for network type 4',
);

/** Not required, but "" where the user leaves it empty: so the vendor's example of a password login. */
const emptyOr = (field: Field): Field => ({ ...optional(field), keepEmpty: true });
const ownProxy = [proxyIp, proxyUser, proxyPassword].map(emptyOr);

/** deng-lu: how a WeChat gets onto the gateway. */
export const loginResource: Resource = {
	value: 'login',
	name: 'Login',
	chinese: '登录',
	operations: [
		{
			value: 'platform',
			name: 'Log In to Platform',
			action: 'Log in to platform',
			description:
				'Check a developer account and see its callback address; the credential logs in automatically, and the output does not show the token',
			path: '/member/login',
			title: '登录E云平台（第一步）',
			reads: true,
			anonymous: true,
			secretAnswers: ['Authorization', 'callbackUrl'],
			fields: [
				text('account', 'Developer Account', 'The Eyun developer account, usually a phone number'),
				text('password', 'Developer Password', '', { secret: true }),
			],
		},
		{
			value: 'getQrCode',
			name: 'Get QR Code',
			action: 'Get QR code to log in with',
			description:
				'Step 1 of a login: get a QR code to scan with the phone, and the new instance ID',
			path: '/iPadLogin',
			title: '获取二维码（第二步-方式1）',
			picture: 'qrCodeUrl',
			timeout: 60,
			fields: [
				knownAccount,
				choice(
					'deviceType',
					'Device Type',
					'The device to appear as. Use the same one at every login',
					[
						{
							name: 'iPad',
							value: 'ipad',
							description: 'Recommended: WeChat on the computer stays logged in',
						},
						{ name: 'Mac', value: 'mac', description: 'Logs WeChat on the computer out' },
					],
					{ default: 'ipad' },
				),
				region,
				...[proxyApp, relay].map(emptyOr),
				...ownProxy,
			],
		},
		{
			value: 'complete',
			name: 'Complete Login',
			action: 'Complete login',
			description:
				'Step 2 of a login: wait up to 250 seconds until the QR code is scanned and confirmed',
			path: '/getIPadLoginInfo',
			title: '执行微信登录（第三步）',
			timeout: SLOW_LOGIN_SECONDS,
			alsoSuccess: { code: '200', mark: 'verificationRequired' },
			simplified: SHORT_LOGIN,
			fields: [
				loginId,
				flag(
					'autoCheck',
					'Verify Automatically',
					'Whether the phone opens its confirm page automatically after about 10 seconds, which works for the Mac device only. Otherwise the answer has the address of a page with a second QR code, and you call this operation again',
				),
				optional(
					id(
						'verifyCode',
						'Verify Code',
						'The code on the phone or iPad, if an earlier answer asked for it',
					),
				),
			],
		},
		{
			value: 'again',
			name: 'Log In Again',
			action: 'Log in again by confirming on phone',
			description:
				'Log in a known WeChat account again; its phone asks to confirm, and the instance ID is new afterwards',
			path: '/secondLogin',
			title: '弹框登录',
			timeout: 120,
			simplified: SHORT_LOGIN,
			fields: [
				id('wcId', 'WeChat ID', 'The account to log in again', {
					placeholder: 'e.g. wxid_abc123',
				}),
				optional({
					...proxyApp,
					description: 'Required if the last login used one (network type 2)',
				}),
				optional(relay),
			],
		},
		{
			value: 'withPassword',
			name: 'Log In with Password',
			action: 'Log in with password',
			description:
				'Fallback login in two steps: the first call returns an instance ID and a QR code, the second call sends that instance ID',
			path: '/loginByAccountAndPassword',
			title: '账号密码登录',
			picture: 'base64',
			timeout: SLOW_LOGIN_SECONDS,
			simplified: SHORT_LOGIN,
			fields: [
				text('account', 'WeChat Account'),
				text('password', 'WeChat Password', '', { secret: true }),
				region,
				emptyOr({
					...loginId,
					description:
						'Leave empty in the first step. In the second step, give the value from the answer of the first step',
				}),
				emptyOr(
					id(
						'wcId',
						'WeChat ID',
						'Leave empty for the first login of this WeChat account, then always give its WeChat ID',
					),
				),
				...ownProxy,
			],
		},
		{
			value: 'initContacts',
			name: 'Initialize Address List',
			action: 'Initialize address list',
			description: 'Load the address list, once after each login; takes 10 seconds to 3 minutes',
			path: '/initAddressList',
			title: '初始化通讯录列表',
			timeout: SLOW_LIST_SECONDS,
			fields: [wId],
		},
		{
			value: 'getContacts',
			name: 'Get Address List',
			action: 'Get address list',
			description:
				'Get the IDs of all friends, saved groups and Official Accounts, after Initialize Address List',
			path: '/getAddressList',
			title: '获取通讯录列表',
			reads: true,
			timeout: 60,
			fields: [wId],
		},
	],
};
