/** Something measured several times in one round. Gives the samples of that round. */
export type Contender = { name: string; measure(): Promise<readonly number[]> };

/**
 * Runs all contenders in turn, round after round, each round in the other order than the last: a machine that grows
 * slower or faster meanwhile favours nobody.
 *
 * @returns by name, the samples of each round
 */
export async function interleave(
  contenders: readonly Contender[],
  rounds: number,
): Promise<Map<string, (readonly number[])[]>> {
  const samples = new Map<string, (readonly number[])[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? contenders : contenders.toReversed();
    for (const { name, measure } of order) samples.get(name)?.push(await measure());
  }
  return samples;
}
