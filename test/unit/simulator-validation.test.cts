import axios from 'axios';
import { exampleRequest, type ExampleRequest } from '../../simulator/examples.cts';
import { formatExact, parseExact, type Json, type JsonObject } from '../../simulator/json.cts';
import { startSimulator, type Simulator } from '../../simulator/server.cts';
import { useSimulator } from '../support/useSimulator.cts';
import { pathRules } from '../../simulator/spec.cts';
import { operations, type Parameter } from '../../spec/endpoints.cts';
import { acceptsBareNumber, acceptsNumericString, standIns } from '../../simulator/tolerance.cts';

const sim = useSimulator({ loginWaitMs: 50, initAddressListMs: 0 });
let strict: Simulator;

beforeAll(async () => {
	strict = await startSimulator({ strict: true, loginWaitMs: 50, initAddressListMs: 0 });
});

afterAll(async () => {
	await strict.stop();
});

async function post(
	to: Simulator,
	path: string,
	body: JsonObject,
): Promise<{ code: string; message: string; data: Json }> {
	const response = await axios.post<string>(to.url + path, formatExact(body), {
		headers: { Authorization: to.defaults.token, 'Content-Type': 'application/json' },
		responseType: 'text',
		transformResponse: [(data: string) => data],
	});
	return parseExact(response.data) as { code: string; message: string; data: Json };
}

/** A value of another JSON type than the parameter's, which no tolerance accepts. */
function wrongValue(path: string, { name, type }: Parameter): [value: Json, received: string] {
	switch (type) {
		case 'string':
			return acceptsBareNumber(path, name) ? [true, 'boolean'] : [5, 'number'];
		case 'int':
		case 'long':
		case 'bigint':
			return acceptsNumericString(path, name) ? [true, 'boolean'] : ['5', 'string'];
		case 'boolean':
			return ['true', 'string'];
		case 'byte[]':
			return [5, 'number'];
		default:
			return ['text', 'string'];
	}
}

/** The body with one (maybe nested) parameter changed; undefined takes it away. */
function change(body: JsonObject, name: string, value: Json | undefined): JsonObject {
	const [parent, child] = name.split('.');
	if (child === undefined) return { ...body, [parent]: value };
	return { ...body, [parent]: { ...(body[parent] as JsonObject), [child]: value } };
}

it('knows the path of every operation, and no other', () => {
	expect([...pathRules.keys()].sort()).toEqual(
		[...new Set(operations.map(({ path }) => path))].sort(),
	);
});

describe.each(operations.map((operation) => [operation.operationId, operation] as const))(
	'%s',
	(operationId, operation) => {
		it.each(['smallest', 'fullest'] as const)('answers its %s good request', async (size) => {
			for (const one of [sim, strict]) {
				const example = await exampleRequest(one, operationId);
				const answer = await post(one, operation.path, example[size]);
				expect(answer).toMatchObject({ code: '1000' });
			}
		});

		it('names every missing and every mistyped parameter', async () => {
			const example: ExampleRequest = await exampleRequest(sim, operationId);
			for (const param of pathRules.get(operation.path)?.params ?? []) {
				if (param.required && !(param.name in standIns(operation.path))) {
					const missing = change(example.fullest, param.name, undefined);
					const answer = await post(sim, operation.path, missing);
					expect(answer).toMatchObject({ code: '1001', data: null });
					expect(answer.message).toContain(`缺少必填参数 ${param.name}`);
				}
				const [value, received] = wrongValue(operation.path, param);
				const mistyped = change(example.fullest, param.name, value);
				const { code, message } = await post(sim, operation.path, mistyped);
				expect(code).toBe('1001');
				expect(message).toContain(param.name);
				expect(message).toContain(param.type);
				expect(message).toContain(received);
			}
		});
	},
);

describe('integers', () => {
	const good = (): Promise<ExampleRequest> => exampleRequest(sim, 'peng_you_quan_getCircle');

	it.each([18446744073709551615n, -9223372036854775808n])('takes the 64-bit %s', async (maxId) => {
		const { path, smallest } = await good();
		expect(await post(sim, path, { ...smallest, maxId })).toMatchObject({ code: '1000' });
	});

	it.each([18446744073709551616n, 1.5, '13351161735026061409'])('refuses %p', async (maxId) => {
		const { path, smallest } = await good();
		const { code, message } = await post(sim, path, { ...smallest, maxId });
		expect([code, message]).toEqual(['1001', expect.stringContaining('maxId')]);
	});
});

describe('tolerances for foreign clients (spec/FACTS.md: Anomalies, Structure)', () => {
	const login = { wcId: '', deviceType: 'ipad', proxy: '2' };

	it('takes a numeric string where the vendor’s example has one, but not in strict mode', async () => {
		expect(await post(sim, '/iPadLogin', login)).toMatchObject({ code: '1000' });
		expect(await post(strict, '/iPadLogin', login)).toMatchObject({ code: '1001' });
	});

	it.each<[string, JsonObject]>([
		['/sendEmoji', { imageMd5: '4cc7', imgSize: 12345 }],
		['/modifyContactLabel', { labelIdList: 1 }],
	])('takes a bare number in %s as clients send it, but not in strict mode', async (path, more) => {
		const { friend: wcId } = sim.defaults;
		const body = (to: Simulator): JsonObject => ({ wId: to.defaults.wId, wcId, ...more });
		expect(await post(sim, path, body(sim))).toMatchObject({ code: '1000' });
		expect(await post(strict, path, body(strict))).toMatchObject({ code: '1001' });
	});

	it.each<[string, JsonObject]>([
		['/sendImage', { wcId: 'azhichao', content: 'https://example.com/a.png' }],
		['/sendImg2', { wcId: 'azhichao', content: 'https://example.com/a.png' }],
		['/simpleIPadLoginInfo', {}],
	])('knows the earlier path %s, but not in strict mode', async (path, body) => {
		const answer = await post(sim, path, { wId: sim.defaults.wId, ...body });
		expect(answer).toMatchObject({ code: '1000', data: { wcId: expect.any(String) } });
		const asked = post(strict, path, { wId: strict.defaults.wId, ...body });
		await expect(asked).rejects.toMatchObject({ response: { status: 404 } });
	});

	it('takes the names of the vendor’s example for those of its table', async () => {
		const { path, smallest } = await exampleRequest(sim, 'shipinhao_getQrCode');
		const { wId, meUserName, meRoleType } = smallest;
		const other = { wId, myUserName: meUserName, myRoleType: meRoleType };
		expect(await post(sim, path, other)).toMatchObject({ code: '1000' });
		expect(await post(strict, path, other)).toMatchObject({ code: '1001' });
		expect(await post(strict, path, { ...other, ...smallest, wId: strict.defaults.wId })).toEqual(
			expect.objectContaining({ message: expect.not.stringContaining('不是接口参数') as string }),
		);
	});

	it('takes extra keys, but not in strict mode', async () => {
		expect(await post(sim, '/getReqTimes', { extra: 1 })).toMatchObject({ code: '1000' });
		const { code, message } = await post(strict, '/getReqTimes', { extra: 1 });
		expect([code, message]).toEqual(['1001', expect.stringContaining('extra')]);
	});

	it('takes flag 0 of the vendor’s own example of /showInAddressBook', async () => {
		const { path, smallest } = await exampleRequest(sim, 'qun_cao_zuo_saveGroup');
		expect(await post(sim, path, { ...smallest, flag: 0 })).toMatchObject({ code: '1000' });
		expect(await post(sim, path, { ...smallest, flag: 7 })).toMatchObject({ code: '1001' });
	});
});

describe('requests that reach no handler', () => {
	it('answers 404 for a path the vendor does not have', async () => {
		const asked = axios.post(`${sim.url}/sendLink`, {});
		await expect(asked).rejects.toMatchObject({ response: { status: 404 } });
	});

	it('answers 405 for GET', async () => {
		const asked = axios.get(`${sim.url}/sendText`);
		await expect(asked).rejects.toMatchObject({ response: { status: 405 } });
	});

	it('names the token when it is wrong, with a Bearer in front of it, or missing', async () => {
		for (const Authorization of ['nonsense', `Bearer ${sim.defaults.token}`, undefined]) {
			const headers = Authorization === undefined ? {} : { Authorization };
			const { data } = await axios.post(`${sim.url}/queryLoginWx`, {}, { headers });
			expect(data).toMatchObject({ code: '1001', message: expect.stringContaining('token') });
		}
	});

	it('says what is wrong with a wId', async () => {
		const answer = await post(sim, '/finderHome', { wId: 'gone' });
		expect(answer).toMatchObject({ code: '1001', message: expect.stringContaining('wId') });
	});

	it('refuses required text that is empty, unless the vendor wants it empty', async () => {
		const { path, smallest } = await exampleRequest(sim, 'xiao_xi_fa_song_fa_song_wen_ben_xiao_xi');
		const answer = await post(sim, path, { ...smallest, content: '' });
		expect(answer).toMatchObject({ code: '1001', message: expect.stringContaining('content') });
	});

	it('refuses a body that is no JSON object', async () => {
		const headers = { Authorization: sim.defaults.token, 'Content-Type': 'application/json' };
		for (const body of ['{"wId":', '[]', '5']) {
			const { data } = await axios.post(`${sim.url}/sendText`, body, { headers });
			expect(data).toMatchObject({ code: '1001', data: null });
		}
	});
});
