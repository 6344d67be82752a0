import * as z from 'zod/mini';

/** The body that an EventBridge rule puts on a queue; gives the detail, parsed by `detail`. */
export function busMessage<Detail>(detail: z.ZodMiniType<Detail>): z.ZodMiniType<Detail> {
  return z.pipe(
    z.object({ 'detail-type': z.string(), detail }),
    z.transform((envelope) => envelope.detail as Detail),
  );
}
