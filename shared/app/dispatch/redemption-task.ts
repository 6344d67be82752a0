/** Work on one redemption, by ids alone: what queues carry. */
export interface RedemptionTask {
  readonly program: string;
  readonly redemption: string;
}
