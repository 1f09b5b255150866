package notes.example

import android.content.Intent

class GateActivity : Activity() {
    override fun onCreate(state: Bundle?) {
        val next = intent.getParcelableExtra<Intent>("next")
        // ruleid: kotlin.android.intent-forwarding
        startActivity(next)
        // ruleid: kotlin.android.intent-forwarding
        startActivity(intent.getParcelableExtra("next"))
    }

    fun open(address: String) {
        val parsed = Intent.parseUri(address, Intent.URI_INTENT_SCHEME)
        // ruleid: kotlin.android.intent-forwarding
        applicationContext.startActivity(parsed)
    }

    override fun onResume() {
        val next = intent.getParcelableExtra<Intent>("next")
        if (next?.resolveActivity(packageManager)?.packageName == packageName) {
            // ok: kotlin.android.intent-forwarding
            startActivity(next)
        }
        val own = Intent(this, NoteActivity::class.java)
        own.putExtra("id", intent.getStringExtra("id"))
        // ok: kotlin.android.intent-forwarding
        startActivity(own)
        val pending = intent.getParcelableExtra<PendingIntent>("back")
        // ok: kotlin.android.intent-forwarding
        pending?.send()
    }
}
