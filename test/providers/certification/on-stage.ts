import type { Stage } from './stage.ts';

/** Runs one case on a fresh stage and takes it down whatever happens. */
export type OnStage = (act: (stage: Stage) => Promise<void>) => Promise<void>;

export function onStageOf(start: () => Promise<Stage>): OnStage {
  return async (act) => {
    const stage = await start();
    try {
      await act(stage);
    } finally {
      await stage.close();
    }
  };
}
