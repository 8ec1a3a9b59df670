import { text, wcIds, wId } from './fields';
import type { Resource } from './types';

/** wei-xin-guan-li: which WeChat accounts are logged in. */
export const accountResource: Resource = {
	value: 'account',
	name: 'Account',
	chinese: '账号',
	operations: [
		{
			value: 'getOnline',
			name: 'Get Online Accounts',
			action: 'Get online accounts',
			description: 'Get WeChat ID and current instance ID of every WeChat that is logged in',
			path: '/queryLoginWx',
			title: '查询账号中在线的微信列表',
			reads: true,
			fields: [],
		},
		{
			value: 'isOnline',
			name: 'Check If Online',
			action: 'Check if account is online',
			path: '/isOnline',
			title: '查询微信是否在线',
			reads: true,
			whenOffline: { isOnline: false },
			fields: [wId],
		},
		{
			value: 'logOut',
			name: 'Log Out',
			action: 'Log out accounts',
			description: 'Log out several WeChat accounts and free their places in the quota',
			path: '/member/offline',
			title: '批量下线微信号',
			fields: [
				text('account', 'Developer Account', 'The Eyun developer account, usually a phone number'),
				wcIds('wcIds', 'WeChat IDs', 'The accounts to log out'),
			],
		},
	],
};
