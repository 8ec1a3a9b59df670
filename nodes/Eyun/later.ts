/** The other half of the package, as `running.ts` has it. */
export type Running = typeof import('./running');

/** Gives the other half: from the disk the first time, which takes some 10 ms. */
export type Load = () => Promise<Running>;

/** As n8n does it; scripts that run the sources hand in a way of their own. */
export const loadRunning: Load = async () => await import('./running');
