import {
	isTestAddress,
	meantReceiver,
	sameReceiver,
	shownAddress,
	toUrl,
} from '../../nodes/Eyun/trigger/address/callbackAddress.ts';

const address = 'https://n8n.example.com/webhook/id/eyun';
const testAddress = 'https://n8n.example.com/webhook-test/id/eyun';
const foreign = 'http://203.0.113.7:8080/hook?key=a%26b&x=1';

it('carries the secret in its query', () => {
	expect(toUrl({ address, secret: 'abc' })).toBe(`${address}?secret=abc`);
});

it('of a test run carries what it stands in for, exactly', () => {
	const url = toUrl({ address: testAddress, secret: 'abc', before: foreign });
	expect(isTestAddress(url)).toBe(true);
	expect(meantReceiver(url)).toBe(foreign);
});

it('of a test run may stand in for nobody', () => {
	const url = toUrl({ address: testAddress, secret: 'abc', before: '' });
	expect(isTestAddress(url)).toBe(true);
	expect(meantReceiver(url)).toBeUndefined();
});

it.each([address, `${address}?secret=abc`, foreign, 'no address at all', ''])(
	'of others is meant as it stands: %s',
	(url) => {
		expect(isTestAddress(url)).toBe(false);
		expect(meantReceiver(url)).toBe(url);
	},
);

it('is nobody where none is registered', () => {
	expect(meantReceiver(undefined)).toBeUndefined();
});

it('leads to the same receiver whatever the secret', () => {
	expect(sameReceiver(`${address}?secret=a`, `${address}/?secret=b`)).toBe(true);
	expect(sameReceiver(address, testAddress)).toBe(false);
	expect(sameReceiver('not a url', 'not a url')).toBe(true);
	expect(sameReceiver('not a url', address)).toBe(false);
});

it('is shown without what may be secret', () => {
	expect(shownAddress(`${address}?secret=abc`)).toBe(`${address}?…`);
	expect(shownAddress(address)).toBe(address);
	expect(shownAddress('http://user:password@host/x?y=z')).toBe('http://host/x?…');
	expect(shownAddress('host/x?secret=abc')).toBe('host/x');
});
