import { knownMeaning, saysTokenRefused } from '../../nodes/Eyun/transport/wordings.ts';

/** Which refusals may make the node log in and send again: only those of the token itself. */

it.each([
	'Authorization无效，请重新登录获取token',
	'Authorization 验证失败',
	'Authorization 无效',
	'authorization不能为空',
	'token已过期',
	'Token expired',
	'token is invalid.',
	'Invalid token',
	'令牌已失效',
	'登录令牌无效，请重新登录',
	'鉴权失败',
	'未授权',
	'Unauthorized',
	'Token has expired, please log in again',
])('%s', (message) => {
	expect(saysTokenRefused('1001', message)).toBe(true);
});

it.each([
	'Unexpected token < in JSON at position 0',
	'发送失败，token: abc',
	'消息含有非法内容: token无效 ...',
	'token',
	'令牌',
	'Authorization',
	'获取令牌失败，消息已发送',
	'请求已受理，token校验失败不影响发送',
	'该群未授权机器人发言',
	'对方未授权',
	'upload token expired while sending',
	'CDN token 过期，请稍后重试该消息',
	'The recipient has not given authorization',
	'失败',
	'',
])('not: %s', (message) => {
	expect(saysTokenRefused('1001', message)).toBe(false);
});

it('code 401', () => expect(saysTokenRefused('401', '失败')).toBe(true));

describe('in plain words', () => {
	it.each([
		'wId不存在或微信已离线，请重新登录',
		'实例不存在',
		'微信已掉线',
		'wid已失效',
		'instance is not online',
	])('a login that has ended: %s', (message) =>
		expect(knownMeaning('1001', message)).toBe(
			'The WeChat account is not online under this instance ID',
		),
	);

	it('a token that is refused', () =>
		expect(knownMeaning('1001', 'Authorization无效，请重新登录获取token')).toBe(
			'Eyun did not accept the Authorization token',
		));

	it.each([
		'失败',
		'系统繁忙',
		'对方不在线',
		'好友不存在',
		'wId不能为空',
		'群不存在',
		'',
		'二次登录失败，请重新扫码登录',
	])('nothing else: %s', (message) => expect(knownMeaning('1001', message)).toBeUndefined());
});
