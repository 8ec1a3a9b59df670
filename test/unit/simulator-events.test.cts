/** What events look like: content that belongs to the code, notices as WeChat writes them. */
import { parseXml, XmlElement } from '@rgrove/parse-xml';
import { isJsonObject, numberText, parseExact, type JsonObject } from '../../simulator/json.cts';
import { useSimulator } from '../support/useSimulator.cts';
import { control, data, post, startReceiver, type Receiver } from './simulatorClient.cts';

const sim = useSimulator();
let receiver: Receiver;

beforeEach(async () => {
	receiver = await startReceiver();
	await post(sim, '/setHttpCallbackUrl', { httpUrl: receiver.url, type: 2 });
	await receiver.received(1);
});
afterEach(async () => await receiver.stop());

/** Data of the last push; numbers keep their digits. */
const last = (): JsonObject => {
	const json = parseExact(receiver.bodies.at(-1) ?? '');
	if (!isJsonObject(json) || !isJsonObject(json.data)) throw new Error('no data');
	return json.data;
};

const pushed = async (messageType: string, more: JsonObject = {}): Promise<JsonObject> => {
	await control(sim, 'push', { messageType, data: more });
	return last();
};

/** The elements of XML by their path, with what stands in them; throws where it is not well-formed. */
const elements = (xml: string): Map<string, string> => {
	const found = new Map<string, string>();
	const walk = (element: XmlElement, path: string): void => {
		found.set(path, element.text);
		for (const child of element.children) {
			if (child instanceof XmlElement) walk(child, `${path}/${child.name}`);
		}
	};
	const { root } = parseXml(`<all>${xml.replace(/^<\?xml.*\?>/, '')}</all>`);
	if (root) walk(root, '');
	return found;
};

const APP = '/msg/appmsg/type';
/** Codes by their last three digits, a path that their content has, and what stands there. */
const contents: [string, string, string | RegExp][] = [
	['002', '/msg/img', ''],
	['003', '/msg/videomsg', ''],
	['004', '/msg/voicemsg', ''],
	['005', '/msg', ''],
	['006', '/msg/emoji', ''],
	['007', APP, '5'],
	['008', APP, '74'],
	['009', APP, '6'],
	['010', APP, '33'],
	['011', APP, '19'],
	['012', '/voipinvitemsg/roomid', /^\d+$/],
	['013', '/voipmsg/VoIPBubbleMsg/msg', /通话时长/],
	['014', '/msg/appmsg/refermsg/content', '原话 & more'],
	['015', APP, '2000'],
	['016', APP, '2001'],
	['017', '/msg/appmsg/finderFeed/objectId', /^\d{20}$/],
	['018', '/sysmsg/revokemsg/newmsgid', /^\d+$/],
	['019', '/sysmsg/pat/template', /拍了拍/],
	['020', '/msg/location', ''],
	['021', APP, '3'],
	['022', '/msg/appmsg/url', /addchatroombyinvite/],
	['999', APP, '53'],
];

it.each(contents.flatMap((row) => ['60', '80'].map((chat) => [chat, ...row] as const)))(
	'%s%s has the content of its kind: %s',
	async (chat, kind, path, text) => {
		const event = await pushed(`${chat}${kind}`);
		const content = String(event.content);
		const found = elements(content.replace(/^\d+@chatroom:\n/, '')).get(path);
		if (typeof text === 'string') expect(found?.trim()).toBe(text);
		else expect(found).toMatch(text);
		const silent = ['013', '018', '019'].includes(kind);
		expect(event.pushContent).toEqual(silent ? undefined : expect.stringMatching(/^小明/));
		// What is told twice is told the same.
		for (const name of ['md5', 'bufId', 'url', 'title', 'des'] as const) {
			if (typeof event[name] !== 'string') continue;
			expect(content.replaceAll('&amp;', '&').toLowerCase()).toContain(event[name]);
		}
	},
);

it('an article comes from an official account', async () => {
	const event = await pushed('90001');
	expect(event).toMatchObject({ fromUser: expect.stringMatching(/^gh_/) });
	const found = elements(String(event.content));
	expect(found.get('/msg/appmsg/mmreader/category/name')).toBe('微信支付');
});

it('the phone shows the text that was pushed, and nothing for its own', async () => {
	expect(await pushed('60001')).toMatchObject({ content: '你好', pushContent: '小明 : 你好' });
	expect(await pushed('60001', { content: 'hi' })).toMatchObject({ pushContent: '小明 : hi' });
	expect(await pushed('60002')).toMatchObject({ pushContent: '小明发来一张图片' });
	for (const code of ['60001', '60002']) {
		expect(await pushed(code, { self: true })).not.toHaveProperty('pushContent');
	}
	const { friends } = sim.defaults;
	expect(await pushed('80002', { fromUser: friends[1] })).toMatchObject({
		pushContent: '李华发来一张图片',
	});
});

describe('notices', () => {
	const group = (): string => sim.defaults.group;

	/** The template, and the names and ids in it. */
	const template = (): [string, ...string[]] => {
		const content = String(last().content);
		expect(content.startsWith(`${String(last().fromGroup)}:\n<sysmsg type="sysmsgtemplate">`)).toBe(
			true,
		);
		expect(numberText(last().msgType)).toBe('10002');
		elements(content.slice(content.indexOf('<')));
		const words = /<template><!\[CDATA\[(.*)\]\]>/.exec(content)?.[1] ?? '';
		const people = [
			...content.matchAll(
				/<username><!\[CDATA\[(.*)\]\]><\/username>\s*<nickname><!\[CDATA\[(.*)\]\]>/g,
			),
		];
		return [words, ...people.map(([, wcId, nickName]) => `${wcId} ${nickName}`)];
	};

	const xiaoming = 'wxid_xiaoming00001 小明';
	const hua = 'wxid_lihua0000001';
	const cases: [string, JsonObject, string[]][] = [
		['85002', {}, ['你被"$username$"移出群聊', xiaoming]],
		['85003', {}, ['"$username$"将"$kickoutname$"移出了群聊', xiaoming, `${hua} 李华`]],
		['85004', { by: hua }, ['群主"$identity$"已解散该群聊', `${hua} 李华`]],
		['85005', { name: 'a”b' }, ['"$username$"修改群名为“$remark$”', xiaoming, ' a”b']],
		['85006', { members: [hua] }, ['群主已将"$names$"添加为群管理员', `${hua} 李华`]],
		['85007', { members: [hua] }, ['群主已将"$names$"移除群管理员', `${hua} 李华`]],
		['85008', { members: [hua] }, ['"$username$"邀请"$names$"加入了群聊', xiaoming, `${hua} 李华`]],
		[
			'85009',
			{ members: [hua] },
			['" $adder$"通过扫描"$from$"分享的二维码加入群聊', `${hua} 李华`, xiaoming],
		],
		['85010', { members: [hua] }, ['"$identity$"已成为新群主', `${hua} 李华`]],
		['85015', {}, ['"$username$"退出了群聊', xiaoming]],
	];

	it.each(cases)(
		'%s %j comes as a template with its people',
		async (messageType, more, expected) => {
			await control(sim, 'notice', { messageType, group: group(), ...more });
			expect(template()).toEqual(expected);
		},
	);

	it.each(cases.map(([code]) => code).filter((code) => code !== '85015'))(
		'%s comes so as a plain push, too',
		async (code) => {
			await pushed(code);
			template();
		},
	);

	it('say 你 where the account itself joined, invited or acted', async () => {
		const { wcId, friend } = sim.defaults;
		const say = async (messageType: string, more: object): Promise<string> => {
			await sim.control.notice({ messageType, group: group(), ...more });
			return template()[0];
		};
		expect(await say('85008', { members: [wcId] })).toBe('"$username$"邀请你加入了群聊');
		expect(await say('85008', { members: [wcId, hua] })).toBe(
			'"$username$"邀请你加入了群聊，群聊参与人还有：$others$',
		);
		expect(last().content).toContain('<plain><![CDATA[李华]]></plain>');
		expect(await say('85008', { by: wcId })).toBe('你邀请"$names$"加入了群聊  $revoke$');
		expect(await say('85009', { members: [wcId] })).toBe('你通过扫描"$from$"分享的二维码加入群聊');
		expect(await say('85010', { members: [wcId], by: friend })).toBe('你已成为新群主');
		await data(sim, '/modifyGroupName', { chatRoomId: group(), content: '甲' });
		await receiver.received(7);
		expect(template()).toEqual(['你修改群名为“$remark$”', ' 甲']);
	});

	it('are true: the group changes as they say', async () => {
		const found = sim.world.groups.get(group());
		await sim.control.notice({ messageType: '85005', group: group(), name: '新名' });
		await sim.control.notice({ messageType: '85008', group: group(), members: ['wxid_new'] });
		await sim.control.notice({ messageType: '85006', group: group(), members: ['wxid_new'] });
		await sim.control.notice({ messageType: '85003', group: group(), members: [hua] });
		await sim.control.notice({ messageType: '85013', group: group() });
		expect(found).toMatchObject({ name: '新名', verify: true, admins: new Set(['wxid_new']) });
		expect([...(found?.members.keys() ?? [])]).toEqual(expect.not.arrayContaining([hua]));
		expect(found?.members.has('wxid_new')).toBe(true);
		await sim.control.notice({ messageType: '85010', group: group(), members: ['wxid_new'] });
		expect(found?.owner).toBe('wxid_new');
		await sim.control.notice({ messageType: '85004', group: group() });
		expect(sim.world.groups.has(group())).toBe(false);
	});

	it('of other shapes: announcement, todo, invitations to be confirmed', async () => {
		const at = { group: sim.defaults.group };
		await sim.control.notice({ messageType: '85011', ...at, name: '开会 ]]> 了' });
		const announced = elements(String(last().content));
		expect(announced.get('/sysmsg/mmchatroombarannouncememt/content')).toBe('开会 ]]> 了');
		await control(sim, 'notice', { messageType: '85012', ...at, newMsgId: '7881232272539128387' });
		expect(last().content).toMatch(/^\d+@chatroom:\n<sysmsg type="roomtoolstips">/);
		expect(last().content).toContain('<related_msgid><![CDATA[7881232272539128387]]>');
		await sim.control.notice({ messageType: '85013', ...at, enabled: false });
		expect([last().content, numberText(last().msgType)]).toEqual([
			'群主已恢复默认进群方式。',
			'10000',
		]);
		await sim.control.inviteRequest({ ...at, inviter: hua, users: ['azhichao'] });
		const applied = elements(String(last().content));
		expect(applied.get('/sysmsg/NewXmlChatRoomAccessVerifyApplication/RoomName')).toBe(at.group);
	});

	it.each([
		[{ messageType: '60001', group: '22264491511@chatroom' }, 'messageType must be one of'],
		[{ messageType: '85005' }, 'group'],
		[{ messageType: '85005', group: 'x@chatroom' }, 'No group'],
	])('are not made of %j', async (input, text) => {
		await expect(control(sim, 'notice', input)).rejects.toMatchObject({
			response: { status: 400, data: { error: expect.stringContaining(text) } },
		});
	});
});
