import { contentIn, GROUP, ME } from '../fixtures/content/load.cts';

/** Notices that come as a template with its links, or as words with ids. */

const person = (wcId: string | null, nickName: string | null) => ({ wcId, nickName });
const a = person('wxid_a', 'A');
const me = person(ME, null);

const members = (...all: Array<[string, string]>) =>
	`<memberlist>${all.map(([id, name]) => `<member><username>${id}</username><nickname><![CDATA[${name}]]></nickname></member>`).join('')}</memberlist>`;
const link = (name: string, inner: string, type = 'link_profile') =>
	`<link name="${name}" type="${type}">${inner}</link>`;
const username = link('username', members(['wxid_a', 'A']));

function template(code: string, words: string, ...links: string[]) {
	const content = `${GROUP}:\n<sysmsg type="sysmsgtemplate"><sysmsgtemplate><content_template><plain/><template><![CDATA[${words}]]></template><link_list>${links.join('')}</link_list></content_template></sysmsgtemplate></sysmsg>`;
	return contentIn(code, { content });
}

describe('a new name of a group', () => {
	it.each([
		['a member', link('remark', members(['', '新群名']))],
		['plain', link('remark', '<plain>新群名</plain>', 'link_plain')],
		['a text', link('remark', '<text>新群名</text>', 'link_text')],
		['a title', link('remark', '<title>新群名</title>')],
	])('stands in its link as %s', (_, remark) => {
		const quoted = { type: 'renamed', newName: '新群名' };
		expect(template('85005', '"$username$"修改群名为“$remark$”', username, remark)).toEqual({
			...quoted,
			by: a,
			text: '"A"修改群名为“新群名”',
		});
		expect(template('85005', '你修改群名为“$remark$”', remark)).toEqual({
			...quoted,
			by: me,
			text: '你修改群名为“新群名”',
		});
		const english = '"$username$" changed the group name to "$remark$"';
		expect(template('80999', english, username, remark)).toMatchObject({ ...quoted, by: a });
		const unknown = '"$username$"が"$remark$"にしました';
		expect(template('85005', unknown, username, remark)).toMatchObject({ ...quoted, by: a });
	});

	it('is not the placeholder where the link is missing', () => {
		const content = template('85005', '"$username$"修改群名为“$remark$”', username);
		expect(content).toMatchObject({ newName: null, by: a });
	});

	it('may look like a placeholder where somebody typed it', () => {
		const content = contentIn('85005', { content: '你修改群名为“$remark$”' });
		expect(content).toMatchObject({ newName: '$remark$' });
	});
});

describe('people', () => {
	const names = link('names', members(['wxid_b', 'B、C'], ['wxid_d', 'D']));

	it('of English templates', () => {
		const words = '"$username$" invited "$names$" to the group chat';
		expect(template('85008', words, username, names)).toEqual({
			type: 'memberJoined',
			by: 'invitation',
			inviter: a,
			members: [person('wxid_b', 'B、C'), person('wxid_d', 'D')],
			text: '"A" invited "B、C、D" to the group chat',
		});
		const qr = '"$adder$" joined the group chat via the QR Code shared by "$from$".';
		const links = [link('adder', members(['wxid_b', 'B'])), link('from', members(['wxid_a', 'A']))];
		expect(template('85009', qr, ...links)).toMatchObject({
			by: 'qrCode',
			inviter: a,
			members: [person('wxid_b', 'B')],
			text: '"B" joined the group chat via the QR Code shared by "A".',
		});
	});

	it('of templates without quotes', () => {
		const content = template('80999', '$username$邀请$names$加入了群聊', username, names);
		expect(content).toMatchObject({
			type: 'memberJoined',
			inviter: a,
			members: [{ wcId: 'wxid_b' }, { wcId: 'wxid_d' }],
			text: 'A邀请B、C、D加入了群聊',
		});
		const admins = template('85006', '群主已将$names$添加为群管理员', names);
		expect(admins).toMatchObject({ members: [{ wcId: 'wxid_b' }, { wcId: 'wxid_d' }], by: null });
	});

	it('with the reader among them', () => {
		const words = '"$username$"邀请你和"$names$"加入了群聊';
		const content = template('85008', words, username, names);
		expect(content).toMatchObject({ members: [me, { wcId: 'wxid_b' }, { wcId: 'wxid_d' }] });
	});

	it('by name only where the link is plain', () => {
		const plain = link('names', '<plain>小乙</plain>', 'link_plain');
		expect(template('85015', '"$names$"退出了群聊', plain)).toMatchObject({
			type: 'left',
			members: [person(null, '小乙')],
			text: '"小乙"退出了群聊',
		});
	});

	it('without a link are nobody', () => {
		const content = template('85008', '"$username$"邀请"$names$"加入了群聊', username);
		expect(content).toMatchObject({ inviter: a, members: [] });
	});

	it('joined by the separator of the link', () => {
		const list = `<memberlist><member><nickname>B</nickname></member><member><username>wxid_d</username></member><separator>, </separator></memberlist>`;
		const content = template('85015', '"$names$" left the group chat', link('names', list));
		expect(content).toMatchObject({
			members: [person(null, 'B'), person('wxid_d', null)],
			text: '"B, wxid_d" left the group chat',
		});
	});
});

it('fills a placeholder in wherever it stands', () => {
	const words = '"$username$"邀请你加入了群聊，$username$还邀请了：$others$ $revoke$';
	const others = link('others', '<plain>小乙、小丙</plain>', 'link_plain');
	const revoke = link('revoke', '<title>撤销</title>', 'link_revoke');
	expect(template('85008', words, username, others, revoke)).toMatchObject({
		members: [me],
		text: '"A"邀请你加入了群聊，A还邀请了：小乙、小丙',
	});
});

describe('words with ids', () => {
	const joined = (words: string, ...ids: string[]) => {
		const list = ids.map((id) => `<username>${id}</username>`).join('');
		const content = `<sysmsg type="delchatroommember"><delchatroommember><plain/><text><![CDATA[${words}]]></text><link><memberlist>${list}</memberlist></link></delchatroommember></sysmsg>`;
		const { members: found } = contentIn('85008', { content }) as { members: object[] };
		return found;
	};
	const [b, c] = ['wxid_b', 'wxid_c'];

	it.each([
		['你邀请"B、C"加入了群聊', [b], [person(b, 'B、C')]],
		['你邀请"B、C"加入了群聊', [b, c], [person(b, 'B'), person(c, 'C')]],
		['你邀请"B"、"C、D"加入了群聊', [b, c], [person(b, 'B'), person(c, 'C、D')]],
		['You invited "B, C" to the group chat', [b, c], [person(b, 'B'), person(c, 'C')]],
		['You’ve invited "B、C, D" to the group chat', [b, c], [person(b, 'B'), person(c, 'C, D')]],
		['你邀请"B、C、D"加入了群聊', [b, c], [person(b, null), person(c, null)]],
		['你邀请"B"加入了群聊', [b, c], [person(b, null), person(c, null)]],
		['" B"通过扫描你分享的二维码加入群聊', [b], [person(b, 'B')]],
	])('%s, %j', (words, ids, expected) => {
		expect(joined(words, ...ids)).toEqual(expected);
	});

	it('in the shape of templates', () => {
		const list = members(['wxid_b', 'B']);
		const content = `<sysmsg type="delchatroommember"><delchatroommember><plain>你邀请"B"加入了群聊</plain><link>${list}</link></delchatroommember></sysmsg>`;
		expect(contentIn('85008', { content })).toMatchObject({ members: [person('wxid_b', 'B')] });
	});
});
