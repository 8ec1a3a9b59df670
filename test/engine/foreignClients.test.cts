import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import axios from 'axios';
import { isLosslessNumber, parse, stringify } from 'lossless-json';

import { useSimulator } from '../support/useSimulator.cts';
import { startReceiver } from '../unit/simulatorClient.cts';

/**
 * Whether others can talk to the simulator: only then is it a stand-in for the vendor's server, and
 * not just for what our own node happens to send. Two parts:
 *
 * 1. What public clients of the vendor's API send and read, retold: the bodies and headers stand in
 *    their sources, a test sends the same by raw HTTP. None of their code runs.
 * 2. HTTP clients and servers that share no code with us or with Node: curl, and Python's http.client
 *    and http.server, as processes of their own. Both programs must be installed.
 */

type Members = Record<string, unknown>;

interface Answer {
	code: string;
	message: string;
	data: unknown;
}

const simulator = useSimulator({ initAddressListMs: 1, jobMs: 1 });

/** Sends bytes as they are. Numbers in the answer keep their digits, as in Python, Java and Go. */
async function send(path: string, body: string | undefined, headers: Record<string, string>) {
	const response = await axios.post<string>(simulator.url + path, body, {
		headers,
		responseType: 'text',
		transformResponse: [(text: string) => text],
	});
	expect(response.status).toBe(200);
	return parse(response.data) as unknown as Answer;
}

/** A client that sends JSON with the token raw, and looks at `code` as text. */
async function call<Data = Members>(path: string, body: Members): Promise<Data> {
	const answer = await send(path, stringify(body), {
		Authorization: simulator.defaults.token,
		'Content-Type': 'application/json',
	});
	expect(answer).toMatchObject({ code: '1000', message: expect.any(String) });
	return answer.data as Data;
}

/** The person with the phone confirms. */
function confirm(wId: unknown, wcId = simulator.defaults.wcId) {
	simulator.control.scan({ wId: String(wId), step: 'confirm', wcId });
}

const withWid = (more: Members): Members => ({ wId: simulator.defaults.wId, ...more });

const IMAGE_XML = '<?xml version="1.0"?><msg><img aeskey="07fe" length="51361" /></msg>';

describe('requests as public clients send them', () => {
	describe('HuixiangDou (Python): huixiangdou/frontend/wechat.py', () => {
		const json = { 'Content-Type': 'application/json' };

		it('logs in, sets the callback, answers a group and revokes with what the send answered', async () => {
			const { account, password, group } = simulator.defaults;
			const login = await send('/member/login', stringify({ account, password }), json);
			const { Authorization } = login.data as { Authorization: string };
			const headers = { ...json, Authorization };
			const post = async (path: string, body: Members) => {
				const answer = await send(path, stringify(body), headers);
				expect(answer.code).toBe('1000');
				return answer.data as Members;
			};

			const { wId, qrCodeUrl } = await post('/iPadLogin', { wcId: '', proxy: 2 });
			expect(qrCodeUrl).toMatch(/^http:/);
			const waiting = post('/getIPadLoginInfo', { wId });
			confirm(wId);
			expect(await waiting).toMatchObject({ wcId: simulator.defaults.wcId, wId });

			const receiver = await startReceiver();
			try {
				await post('/setHttpCallbackUrl', { httpUrl: receiver.url, type: 2 });
				const [check] = await receiver.received(1);
				expect(JSON.parse(check)).toMatchObject({ messageType: '00000' });
			} finally {
				await receiver.stop();
			}

			const sent = await post('/sendText', {
				wId,
				wcId: group,
				content: 'question..\n---\nanswer',
			});
			expect(Number(sent.createTime)).toBeGreaterThan(1_600_000_000);
			await post('/revokeMsg', { ...sent, wId });
		});

		it('downloads the image of a callback', async () => {
			const body = withWid({ content: IMAGE_XML, msgId: 1102684156, type: 0 });
			const { url } = await call<{ url: string }>('/getMsgImg', body);
			const picture = await axios.get<ArrayBuffer>(url, { responseType: 'arraybuffer' });
			expect(picture.data.byteLength).toBeGreaterThan(0);
		});
	});

	describe('webot (Go): chasonnchen/webot lib/wkteam', () => {
		it('gets a QR code, the login, the contacts by name and whether it is online', async () => {
			const { wId } = await call('/iPadLogin', { wcId: '', proxy: 1 });
			confirm(wId);
			expect(await call('/getIPadLoginInfo', { wId })).toHaveProperty('wcId');
			await call('/initAddressList', { wId });
			const { friends } = await call<{ friends: string[] }>('/getAddressList', { wId });
			const contacts = await call<Array<{ userName: string }>>('/getContact', {
				wId,
				wcId: friends.slice(0, 20).join(','),
			});
			expect(contacts.map(({ userName }) => userName)).toEqual(friends.slice(0, 20));
			expect(await call('/isOnline', { wId })).toEqual({ isOnline: true });
		});

		it('mentions members of a group', async () => {
			const { group, friend } = simulator.defaults;
			await call('/sendText', withWid({ wcId: group, content: '@小明 hello', at: friend }));
		});
	});

	describe('goutil (Go): wiidz/goutil mngs/eyunMng', () => {
		it('logs in with an own proxy left empty and a verify code left empty', async () => {
			const { account, password } = simulator.defaults;
			const login = await send('/member/login', stringify({ account, password }), {
				'Content-Type': 'application/json',
			});
			expect(isLosslessNumber((login.data as Members).status)).toBe(true);
			const { wId } = await call('/iPadLogin', {
				wcId: simulator.defaults.wcId,
				proxy: 8,
				proxyIp: '',
				proxyUser: '',
				proxyPassword: '',
			});
			confirm(wId);
			expect(await call('/getIPadLoginInfo', { wId, verifyCode: '' })).toMatchObject({ wId });
		});
	});

	describe('WechatBot (PHP): jackchang1025/WechatBot app/Service/ECloud', () => {
		it('logs in with null for what is not configured', async () => {
			const { wId, qrCodeUrl } = await call('/iPadLogin', {
				wcId: '',
				proxy: 2,
				proxyIp: null,
				proxyUser: null,
				proxyPassword: null,
			});
			expect(qrCodeUrl).toBeTruthy();
			confirm(wId);
			expect(await call('/getIPadLoginInfo', { wId, verifyCode: null })).toHaveProperty('nickName');
		});
	});

	describe('ECloudService (Java): Lambdua', () => {
		const SEND_RESULT = ['createTime', 'msgId', 'newMsgId', 'type', 'wcId'];

		it('asks for the online accounts without a body', async () => {
			const { token, wcId, wId } = simulator.defaults;
			const answer = await send('/queryLoginWx', undefined, { Authorization: token });
			expect(answer).toMatchObject({ code: '1000', data: [{ wcId, wId }] });
		});

		it('sends and revokes; an unknown member in the answer would be an error', async () => {
			const { friend: wcId } = simulator.defaults;
			const url = 'https://example.com/a.png';
			const sent = await call('/sendText', withWid({ wcId, content: 'hello' }));
			const others = [
				await call('/sendImage2', withWid({ wcId, content: url })),
				await call('/sendVoice', withWid({ wcId, content: url, length: 1200 })),
				await call('/sendUrl', withWid({ wcId, title: 'T', description: '', thumbUrl: url, url })),
				await call('/sendNameCard', withWid({ wcId, nameCardId: 'azhichao' })),
				await call('/sendEmoji', withWid({ wcId, imageMd5: '4cc7', imgSize: '102357' })),
			];
			for (const result of [sent, ...others]) {
				expect(Object.keys(result).sort()).toEqual(SEND_RESULT);
			}
			const { msgId, newMsgId, createTime } = sent;
			expect(await call('/revokeMsg', withWid({ wcId, msgId, newMsgId, createTime }))).toBeNull();
		});

		it('downloads with the ids as text and the buffer id as a number', async () => {
			const voice = { fromUser: 'azhichao', msgId: '1114311129', length: 3227, bufId: 289139440 };
			expect(await call('/getMsgVoice', withWid(voice))).toEqual({ url: expect.any(String) });
			const sticker = { msgId: '1114311129', content: '<msg><emoji md5="4cc7" /></msg>' };
			expect(await call('/getMsgEmoji', withWid(sticker))).toEqual({ url: expect.any(String) });
		});

		it('reads groups', async () => {
			const { group: chatRoomId } = simulator.defaults;
			const members = await call<Members[]>('/getChatRoomMember', withWid({ chatRoomId }));
			const userList = members[0].userName;
			const [one] = await call<Members[]>(
				'/getChatRoomMemberInfo',
				withWid({ chatRoomId, userList }),
			);
			expect(one.userName).toBe(userList);
			const [room] = await call<Members[]>('/getChatRoomInfo', withWid({ chatRoomId }));
			expect(room).toMatchObject({ chatRoomId, chatRoomMembers: expect.any(Array) });
			await call('/showInAddressBook', withWid({ chatRoomId, flag: 0 }));
		});
	});

	describe('a FastAPI application (Python, httpx)', () => {
		it('downloads an image and a video by ids kept as text', async () => {
			const image = withWid({ msgId: '1102684156', content: IMAGE_XML, type: 1 });
			expect(await call('/getMsgImg', image)).toEqual({ url: expect.any(String) });
			const { id } = await call(
				'/asynGetMsgVideo',
				withWid({ msgId: '1102684153', content: '<msg/>' }),
			);
			let result: Members;
			do result = await call('/getMsgVideoRes', { id });
			while (Number(result.type) === 0);
			expect(result).toMatchObject({ url: expect.any(String) });
			expect(Number(result.type)).toBe(1);
		});

		it('sends a mini program without an icon', async () => {
			const { friend: wcId } = simulator.defaults;
			const card = {
				displayName: 'Shop',
				iconUrl: '',
				appId: 'wx07af7e375d21a08c',
				pagePath: 'pages/home/dashboard/index.html',
				thumbUrl: 'https://example.com/a.png',
				title: 'Shop',
				userName: 'gh_12566478d436@app',
			};
			await call('/sendApplets', withWid({ wcId, ...card }));
		});
	});

	describe('eyun-chatbot (TypeScript, axios): DManh83', () => {
		it('sends text, an image and a file', async () => {
			const { friend: wcId, token, wId } = simulator.defaults;
			const client = axios.create({
				baseURL: simulator.url,
				headers: { 'Content-Type': 'application/json', Authorization: token },
			});
			const path = 'https://example.com/offer.pdf';
			for (const [to, body] of [
				['/sendText', { content: 'hello' }],
				['/sendImage2', { content: 'https://example.com/a.png' }],
				['/sendFile', { path, fileName: 'offer.pdf' }],
			] as const) {
				const { data } = await client.post<Answer>(to, { wId, wcId, aid: '', ...body });
				expect(data).toMatchObject({ code: '1000', data: { newMsgId: expect.any(Number) } });
			}
		});
	});

	describe('wkteam_SDK (Python, httpx): homily', () => {
		it('cancels the callback without any body', async () => {
			const headers = { Authorization: simulator.defaults.token };
			const answer = await send('/cancelHttpCallbackUrl', undefined, headers);
			expect(answer.code).toBe('1000');
		});

		it('sets a callback without a format and gets the original one', async () => {
			const receiver = await startReceiver();
			try {
				await call('/setHttpCallbackUrl', { httpUrl: receiver.url });
				await receiver.received(1);
				const { friend } = simulator.defaults;
				await simulator.control.say({ from: friend, text: 'hello' });
				const [, push] = await receiver.received(2);
				expect(JSON.parse(push)).toMatchObject({ messageType: 5 });
			} finally {
				await receiver.stop();
			}
		});
	});
});

describe('clients that run', () => {
	const run = promisify(execFile);
	const TIME_LIMIT = 30_000;
	const env = { ...process.env, PYTHONUTF8: '1' };
	const children: ChildProcess[] = [];

	// What a test that hangs has left behind.
	afterAll(() => {
		for (const child of children) child.kill();
	});

	it.each(['curl', 'python3'])('%s is installed', async (program) => {
		await run(program, ['--version']).catch((cause: unknown) => {
			const message = `These tests need ${program}: install it (on Debian: apt-get install curl python3)`;
			throw new Error(message, { cause });
		});
	});

	/** Python's http.server: prints its port, then each body that comes, on a line each. */
	const RECEIVER = `
import http.server, sys
class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8")
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"code":"ok"}')
        print(body, flush=True)
    def log_message(self, *_):
        pass
server = http.server.HTTPServer(("127.0.0.1", 0), Receiver)
print(server.server_address[1], flush=True)
server.serve_forever()
`;

	/** A whole conversation by http.client over one connection; prints what came back. */
	const CLIENT = `
import http.client, http.server, json, sys, threading, queue
host, account, password, to = sys.argv[1:5]
pushes = queue.Queue()
class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_POST(self):
        pushes.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()
    def log_message(self, *_):
        pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
threading.Thread(target=server.serve_forever, daemon=True).start()
connection = http.client.HTTPConnection(host, timeout=20)
headers = {"Content-Type": "application/json"}
def call(path, body):
    connection.request("POST", path, json.dumps(body, ensure_ascii=False).encode("utf-8"), headers)
    answer = connection.getresponse()
    assert answer.status == 200, answer.status
    return json.loads(answer.read())
def data(path, body):
    answer = call(path, body)
    assert answer["code"] == "1000", answer
    return answer["data"]
headers["Authorization"] = data("/member/login", {"account": account, "password": password})["Authorization"]
online = data("/queryLoginWx", {})
w_id = online[0]["wId"]
data("/setHttpCallbackUrl", {"httpUrl": "http://127.0.0.1:%d/callback" % server.server_address[1], "type": 2})
check = pushes.get(timeout=20)
sent = data("/sendText", {"wId": w_id, "wcId": to, "content": "你好 😀"})
said = call("/_control/say", {"from": to, "text": "在吗 😀"})
push = pushes.get(timeout=20)
refused = call("/sendText", {"wId": w_id, "content": "x"})
data("/revokeMsg", {"wId": w_id, "wcId": to, "msgId": sent["msgId"], "newMsgId": sent["newMsgId"], "createTime": sent["createTime"]})
print(json.dumps({"online": online, "check": check, "sent": sent, "said": said, "push": push, "refused": refused}))
`;

	/** Starts Python's server; gives back its address and the lines it prints. */
	async function startPythonReceiver() {
		const child: ChildProcess = spawn('python3', ['-c', RECEIVER], {
			stdio: ['ignore', 'pipe', 'inherit'],
			env,
		});
		children.push(child);
		if (!child.stdout) throw new Error('no output');
		const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
		const next = async () => {
			const line = await lines.next();
			if (line.done === true) throw new Error('The Python server has ended');
			return line.value;
		};
		return {
			url: `http://127.0.0.1:${await next()}/callback`,
			next,
			stop: async () => {
				const ended = once(child, 'exit');
				child.kill();
				await ended;
			},
		};
	}

	/** POSTs by curl; fails unless HTTP 200. */
	async function curl(path: string, body: string, more: string[] = []): Promise<Answer> {
		const { stdout } = await run('curl', [
			...['--silent', '--show-error', '--fail', '--noproxy', '*', '--max-time', '20'],
			...['--header', 'Content-Type: application/json', ...more],
			...['--data-binary', body, simulator.url + path],
		]);
		return parse(stdout) as unknown as Answer;
	}

	it('curl logs in, sends and downloads; a Python server gets the callbacks', async () => {
		const { account, password, friend: wcId, wId } = simulator.defaults;
		const receiver = await startPythonReceiver();
		try {
			const login = await curl('/member/login', stringify({ account, password }) ?? '');
			const { Authorization } = login.data as { Authorization: string };
			const token = ['--header', `Authorization: ${Authorization}`];
			const online = await curl('/queryLoginWx', '', token);
			expect(online).toMatchObject({
				code: '1000',
				data: [{ wcId: simulator.defaults.wcId, wId }],
			});
			await curl('/setHttpCallbackUrl', `{"httpUrl":"${receiver.url}","type":2}`, token);
			expect(JSON.parse(await receiver.next())).toMatchObject({ messageType: '00000' });

			const text = `{"wId":"${wId}","wcId":"${wcId}","content":"你好 😀"}`;
			// curl asks before it sends a large body, and sends it in chunks when told so.
			for (const how of [[], ['Expect: 100-continue'], ['Transfer-Encoding: chunked']]) {
				const headers = how.flatMap((header) => ['--header', header]);
				const sent = await curl('/sendText', text, [...token, ...headers]);
				expect(sent).toMatchObject({ code: '1000', data: { newMsgId: expect.anything() } });
			}
			expect(simulator.control.messages().map(({ content }) => content)).toEqual(
				Array.from({ length: 3 }, () => '你好 😀'),
			);

			await curl('/_control/push', '{"messageType":"60002"}');
			const line = await receiver.next();
			const { data } = parse(line) as { data: Members };
			const image = { wId, msgId: data.msgId, content: data.content, type: 0 };
			const { url } = (await curl('/getMsgImg', stringify(image) ?? '', token)).data as Members;
			const picture = await run(
				'curl',
				['--silent', '--fail', '--noproxy', '*', '--max-time', '20', String(url)],
				{ encoding: 'buffer' },
			);
			expect(picture.stdout.subarray(1, 4).toString()).toBe('PNG');
		} finally {
			await receiver.stop();
		}
	});

	it('Python’s http.client and http.server hold the whole conversation', async () => {
		const { account, password, friend, wcId, wId } = simulator.defaults;
		const host = new URL(simulator.url).host;
		const { stdout } = await run('python3', ['-c', CLIENT, host, account, password, friend], {
			timeout: TIME_LIMIT,
			env,
		});
		const told = parse(stdout) as Record<string, Members>;
		expect(told.online).toEqual([{ wcId, wId }]);
		expect(told.check).toMatchObject({ messageType: '00000' });
		expect(told.said).toMatchObject({ delivered: true });
		expect(told.push).toMatchObject({
			messageType: '60001',
			data: { fromUser: friend, content: '在吗 😀' },
		});
		// Python keeps every digit, so what it says is what went over the wire.
		expect(String((told.push.data as Members).newMsgId)).toBe(told.said.newMsgId);
		const [message] = simulator.control.messages();
		expect(message).toMatchObject({ content: '你好 😀', revoked: true });
		expect(String(told.sent.newMsgId)).toBe(String(message.newMsgId));
		expect(told.refused).toMatchObject({ code: '1001', data: null });
	});
});
