import { knowsSecret, newSecret } from '../../nodes/Eyun/trigger/address/secret.ts';

it('is 256 bits, new each time, and needs no escaping', () => {
	const secrets = Array.from({ length: 100 }, newSecret);
	expect(new Set(secrets).size).toBe(100);
	for (const secret of secrets) {
		expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
		expect(encodeURIComponent(secret)).toBe(secret);
	}
});

it('is known only when it is the same text', () => {
	const [right, other] = [newSecret(), newSecret()];
	expect(knowsSecret(right, [right])).toBe(true);
	expect(knowsSecret(right, [other, right])).toBe(true);
	for (const wrong of [other, '', right.slice(1), `${right}x`, [right], { right }, undefined, 5]) {
		expect(knowsSecret(wrong, [right])).toBe(false);
	}
	expect(knowsSecret('', [])).toBe(false);
	expect(knowsSecret(undefined, [])).toBe(false);
});
