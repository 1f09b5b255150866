package notes.example

import android.content.Context
import android.content.Context.MODE_WORLD_READABLE
import java.io.File

class Store(private val context: Context) {
    fun share(name: String, file: File) {
        // ruleid: kotlin.android.world-readable
        context.openFileOutput(name, Context.MODE_WORLD_READABLE)
        // ruleid: kotlin.android.world-readable
        context.getSharedPreferences("notes", MODE_WORLD_READABLE)
        // ruleid: kotlin.android.world-readable
        file.setReadable(true, false)
        // ok: kotlin.android.world-readable
        context.openFileOutput(name, Context.MODE_PRIVATE)
        // ok: kotlin.android.world-readable
        file.setReadable(true)
        // ok: kotlin.android.world-readable
        file.setReadable(true, true)
    }

    fun remember(token: String, password: String) {
        val preferences = context.getSharedPreferences("login", Context.MODE_PRIVATE)
        // ruleid: kotlin.android.secret-in-preferences
        preferences.edit().putString("access_token", token).apply()
        preferences.edit {
            // ruleid: kotlin.android.secret-in-preferences
            putString("password", password)
        }
        val editor = preferences.edit()
        // ruleid: kotlin.android.secret-in-preferences
        editor.putString("user.password", password)
        // ok: kotlin.android.secret-in-preferences
        editor.putString("token_type", "bearer")
        // ok: kotlin.android.secret-in-preferences
        editor.putString("password", null)
    }

    fun rememberSealed(token: String) {
        val preferences = EncryptedSharedPreferences.create(context, "login", key, keys, values)
        // ok: kotlin.android.secret-in-preferences
        preferences.edit().putString("access_token", token).apply()
    }
}
