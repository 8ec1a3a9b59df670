import { endOnSignals, stayUntil } from '../../scripts/lib/ending.cts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

describe('stayUntil', () => {
	const before = SIGNALS.map((signal) => process.listeners(signal));

	beforeAll(endOnSignals);

	afterAll(() => {
		SIGNALS.forEach((signal, index) => {
			process
				.listeners(signal)
				.filter((listener) => !before[index].includes(listener))
				.forEach((listener) => process.off(signal, listener));
		});
	});

	it.each(SIGNALS)('ends with undefined at %s', async (signal) => {
		const stay = stayUntil('demo', new Promise(() => undefined));
		process.emit(signal);
		expect(await stay).toBeUndefined();
	});

	it('ends with what the event came to', async () => {
		expect(await stayUntil('demo', Promise.resolve('n8n ended'))).toBe('n8n ended');
	});

	it('throws what the event throws', async () => {
		await expect(stayUntil('demo', Promise.reject(new Error('no more')))).rejects.toThrow(
			'no more',
		);
	});

	it('ends the process at a signal afterwards', async () => {
		await stayUntil('demo', Promise.resolve());
		const exit = jest.spyOn(process, 'exit').mockImplementation((() => undefined) as never);
		try {
			process.emit('SIGINT');
			expect(exit).toHaveBeenCalledWith(130);
		} finally {
			exit.mockRestore();
		}
	});
});
