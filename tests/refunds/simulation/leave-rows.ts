import type { RefundsRig } from '../refunds-rig.ts'

/**
 * Of two rows that are due in the same millisecond the one that lies first is worked first, and the database tidies up
 * when it likes: without that, the same seed is the same run on a busy machine, too.
 */
export async function leaveRowsWhereTheyAre({ asOwner }: Pick<RefundsRig, 'asOwner'>): Promise<void> {
  await asOwner(`DO $$
    DECLARE one regclass;
    BEGIN
      FOR one IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
        EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = false)', one);
      END LOOP;
    END $$`)
}
