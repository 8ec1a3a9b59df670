import { normalizeBaseUrl } from '../../nodes/Eyun/transport/http/baseUrl';
import { isLocalAddress, isOwnMachine } from '../../nodes/Eyun/common/localAddress';

describe('normalizeBaseUrl', () => {
	it.each([
		['http://api.example.com:9899', 'http://api.example.com:9899'],
		[' HTTPS://Api.Example.com/ ', 'https://api.example.com'],
		['http://api.example.com/v1//', 'http://api.example.com/v1'],
		['http://127.0.0.1:80/', 'http://127.0.0.1'],
	])('brings %j into the form %s', (typed, normal) => {
		expect(normalizeBaseUrl(typed)).toBe(normal);
	});

	it.each([
		['', 'is empty'],
		[undefined, 'is empty'],
		['api.example.com', 'is not a web address'],
		['http://', 'is not a web address'],
		['ftp://api.example.com', 'must start with http:// or https://, not ftp://'],
		['javascript:alert(1)', 'is not a web address'],
		[
			'api.example.com:9899',
			'"api.example.com:9899" is not a web address. It must look like http://',
		],
		['localhost:9899', 'is not a web address'],
		['http://me:secret@api.example.com', 'without user name'],
		['http://api.example.com?token=1', 'without user name'],
		['http://api.example.com#x', 'without user name'],
	])('refuses %j', (typed, reason) => {
		expect(() => normalizeBaseUrl(typed)).toThrow(reason);
	});
});

describe('isLocalAddress', () => {
	it.each([
		'http://localhost:5678/x',
		'http://n8n:5678/',
		'http://127.0.0.1/',
		'http://127.8.8.8/',
		'http://10.1.2.3/',
		'http://172.16.0.1/',
		'http://172.31.255.255/',
		'http://192.168.1.5/',
		'http://169.254.1.1/',
		'http://100.64.0.1/',
		'http://0.0.0.0/',
		'http://2130706433/',
		'http://[::1]/',
		'http://[fe80::1]/',
		'http://[fd00::1]/',
		'http://[::ffff:127.0.0.1]/',
		'http://printer.local/',
	])('%s is local', (address) => expect(isLocalAddress(address)).toBe(true));

	it.each([
		'https://n8n.example.com/webhook/1',
		'http://8.8.8.8/',
		'http://172.32.0.1/',
		'http://192.169.0.1/',
		'http://100.128.0.1/',
		'http://[2001:db8::1]/',
		'http://[::ffff:8.8.8.8]/',
		'not an address',
	])('%s is not', (address) => expect(isLocalAddress(address)).toBe(false));
});

describe('isOwnMachine', () => {
	it.each([
		'http://localhost:5678/x',
		'http://n8n.localhost/',
		'http://n8n:5678/',
		'http://127.8.8.8/',
		'http://0.0.0.0/',
		'http://[::1]/',
		'http://[::ffff:127.0.0.1]/',
	])('%s leads nowhere from another device', (address) => {
		expect(isOwnMachine(address)).toBe(true);
	});

	it.each([
		'https://n8n.example.com/webhook/1',
		'http://localhost.example.com/',
		'http://192.168.1.5:5678/',
		'http://100.64.0.1/',
		'http://n8n.lan/',
		'http://[fd00::1]/',
		'not an address',
	])('%s may lead somewhere', (address) => expect(isOwnMachine(address)).toBe(false));
});
